package io.roadcast.bench.viewer;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The controlling agent of a viewer (RFC 8445): checks every candidate, nominates the first that
 * answers, then asks for consent every 2.5 to 4 s (RFC 7675). Belongs to the loop's thread; times
 * are {@link System#nanoTime()}.
 */
final class IceClient {
  private static final long FIRST_REPEAT = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAST_REPEAT = TimeUnit.MILLISECONDS.toNanos(1600);
  private static final long STAGGER = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CONSENT_MIN = TimeUnit.MILLISECONDS.toNanos(2500);
  private static final long CONSENT_SPAN = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final long CONSENT_LOST = TimeUnit.SECONDS.toNanos(30);
  private static final int MAX_TRANSACTIONS = 64;

  /** Unsigned: whoever else would be the controlling side gives way. */
  private static final long LARGEST_TIE_BREAKER = -1;

  /** Where checks go to. */
  interface Output {
    void send(byte[] datagram, InetSocketAddress target);
  }

  private record Pending(InetSocketAddress target, boolean nominating) {}

  private enum Mode {
    CHECKING,
    NOMINATING,
    NOMINATED,
    SILENT
  }

  private final StunCodec codec;
  private final String userName;
  private final List<InetSocketAddress> candidates;
  private final Output output;
  private final Random random;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private Mode mode = Mode.CHECKING;
  private @Nullable InetSocketAddress selected;
  private boolean everNominated;
  private long nextAt;
  private long repeat = FIRST_REPEAT;
  private int nextCandidate;
  private long lastConsent;
  private long checks;
  private long answers;
  private long refused;

  IceClient(
      StunCodec codec,
      String userName,
      List<InetSocketAddress> candidates,
      Output output,
      Random random) {
    this.codec = codec;
    this.userName = userName;
    this.candidates = candidates;
    this.output = output;
    this.random = random;
  }

  void begin(long now) {
    nextAt = now;
    lastConsent = now;
    tick(now);
  }

  /** Sends what is due. */
  void tick(long now) {
    if (now - nextAt < 0) {
      return;
    }
    switch (mode) {
      case CHECKING -> checkNext(now);
      case NOMINATING -> {
        send(selectedAddress(), true);
        nextAt = now + repeat;
        repeat = Math.min(2 * repeat, LAST_REPEAT);
      }
      case NOMINATED -> {
        send(selectedAddress(), true);
        nextAt = now + CONSENT_MIN + (long) (random.nextDouble() * CONSENT_SPAN);
      }
      case SILENT -> {
        // a test wants to see the server give up
      }
    }
  }

  /**
   * Takes a STUN datagram.
   *
   * @return whether a pair is nominated by it for the first time
   */
  boolean receive(byte[] bytes, int length, long now) {
    StunCodec.Answer answer = codec.answer(bytes, length, userName);
    Pending check = answer == null ? null : pending.remove(answer.transaction());
    if (answer == null || check == null) {
      return false;
    }
    if (!answer.success()) {
      refused++;
      return false;
    }
    answers++;
    lastConsent = now;
    return advance(check, now);
  }

  private boolean advance(Pending check, long now) {
    if (mode == Mode.CHECKING) {
      selected = check.target();
      nominate(now);
      return false;
    }
    if (mode != Mode.NOMINATING || !check.nominating()) {
      return false;
    }
    mode = Mode.NOMINATED;
    nextAt = now + CONSENT_MIN;
    boolean first = !everNominated;
    everNominated = true;
    return first;
  }

  /** Makes the server learn a new address of ours at once. */
  void moved(long now) {
    if (selected != null && mode != Mode.SILENT) {
      nominate(now);
    }
  }

  /** Sends no more checks, as a viewer that vanished. */
  void stop() {
    mode = Mode.SILENT;
  }

  boolean consentLost(long now) {
    return mode == Mode.NOMINATED && now - lastConsent > CONSENT_LOST;
  }

  /** The address that media comes from, once a candidate answered. */
  @Nullable InetSocketAddress selected() {
    return selected;
  }

  long checks() {
    return checks;
  }

  long answers() {
    return answers;
  }

  /** Error responses. */
  long refused() {
    return refused;
  }

  private void nominate(long now) {
    mode = Mode.NOMINATING;
    repeat = FIRST_REPEAT;
    nextAt = now;
    tick(now);
  }

  private void checkNext(long now) {
    send(candidates.get(nextCandidate), false);
    nextCandidate = (nextCandidate + 1) % candidates.size();
    if (nextCandidate == 0) {
      nextAt = now + repeat;
      repeat = Math.min(2 * repeat, LAST_REPEAT);
    } else {
      nextAt = now + STAGGER;
    }
  }

  private InetSocketAddress selectedAddress() {
    if (selected == null) {
      throw new IllegalStateException("no candidate has answered");
    }
    return selected;
  }

  private void send(InetSocketAddress target, boolean nominating) {
    StunCodec.Check check = codec.check(userName, LARGEST_TIE_BREAKER, nominating);
    if (pending.size() == MAX_TRANSACTIONS) {
      Iterator<String> oldest = pending.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    pending.put(check.transaction(), new Pending(target, nominating));
    checks++;
    output.send(check.bytes(), target);
  }
}
