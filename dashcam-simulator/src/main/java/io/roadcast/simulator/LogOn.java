package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a terminal registers and authenticates. The code that it was given it keeps from one
 * connection to the next. Used by one thread, its terminal's.
 */
final class LogOn {
  private final Signalling signalling;
  private final Registration registration;
  private final Timetable timetable;
  private final SignallingTally tally;
  private @Nullable GbkText code;
  private Phase phase = Phase.REGISTERING;
  private boolean everOnline;

  private enum Phase {
    REGISTERING,
    AUTHENTICATING,
    ONLINE
  }

  LogOn(
      Signalling signalling,
      Registration registration,
      Timetable timetable,
      SignallingTally tally) {
    this.signalling = signalling;
    this.registration = registration;
    this.timetable = timetable;
    this.tally = tally;
  }

  /** There is no connection yet. */
  void reset() {
    phase = Phase.REGISTERING;
  }

  void begin(TerminalConnection connection) throws IOException {
    GbkText known = code;
    if (known == null) {
      phase = Phase.REGISTERING;
      connection.send(registration);
    } else {
      phase = Phase.AUTHENTICATING;
      connection.send(
          signalling.version() == ProtocolVersion.V2019
              ? new Authentication(known, GbkText.of("860000000000000"), GbkText.of("0.1"))
              : new Authentication(known));
    }
    timetable.logOnBegan();
  }

  void registered(TerminalConnection connection, RegistrationAnswer answer) throws IOException {
    if (answer.result() != 0 || answer.code() == null) {
      throw new IOException("registration refused with " + answer.result());
    }
    code = answer.code();
    tally.registrations.increment();
    begin(connection);
  }

  /** Whether the terminal is online by this answer to its authentication. */
  boolean authenticated(PlatformAnswer answer) throws IOException {
    if (phase != Phase.AUTHENTICATING) {
      return false;
    }
    if (answer.result() != 0) {
      code = null;
      throw new IOException("authentication refused with " + answer.result());
    }
    phase = Phase.ONLINE;
    everOnline = true;
    tally.authentications.increment();
    tally.online.increment();
    timetable.cameOnline();
    return true;
  }

  boolean online() {
    return phase == Phase.ONLINE;
  }

  /** Whether it was online once, so that the platform knows it. */
  boolean everOnline() {
    return everOnline;
  }

  @Override
  public String toString() {
    return phase.toString();
  }
}
