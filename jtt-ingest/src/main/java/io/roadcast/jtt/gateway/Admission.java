package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Decides which terminals are let in. Called on event loops: must not block, and may complete on
 * any thread.
 */
public interface Admission {
  /** Answer to 0x0102. */
  enum Verdict {
    WELCOME,
    REFUSED,
    /** Cannot be decided now, as the database is away; the terminal tries again. */
    UNDECIDED
  }

  /**
   * Who asks.
   *
   * @param terminal digits without leading zeros
   * @param phone as it came
   */
  record Applicant(
      String terminal, TerminalPhone phone, ProtocolVersion version, InetSocketAddress from) {}

  /**
   * Answer to 0x0100.
   *
   * @param result of 0x8100: 0 success, 1 vehicle already registered, 2 no such vehicle, 3 terminal
   *     already registered, 4 no such terminal
   * @param code to authenticate with; empty unless the result is 0
   */
  record Registered(int result, String code) {
    public static final int SUCCESS = 0;
    public static final int NO_SUCH_VEHICLE = 2;
    public static final int TERMINAL_TAKEN = 3;
    public static final int NO_SUCH_TERMINAL = 4;

    public static Registered with(String code) {
      return new Registered(SUCCESS, code);
    }

    public static Registered refused(int result) {
      return new Registered(result, "");
    }
  }

  /** A terminal asks for a code; one that is registered gets the same code again. */
  CompletionStage<Registered> register(Applicant applicant, Registration registration);

  /** A terminal shows its code. */
  CompletionStage<Verdict> authenticate(Applicant applicant, Authentication authentication);

  /** A terminal that was let in takes its registration back (0x0003). */
  void loggedOff(String terminal);
}
