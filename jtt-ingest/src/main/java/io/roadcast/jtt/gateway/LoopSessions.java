package io.roadcast.jtt.gateway;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one event loop, looked after by one timer for all: a timer for each would cost
 * more than the session. Belongs to the loop.
 */
final class LoopSessions {
  private static final Logger LOG = LoggerFactory.getLogger(LoopSessions.class);
  private static final Duration TICK = Duration.ofMillis(100);

  /** Idle sessions are looked at once in so many ticks, a share of them in each. */
  private static final int ROUND = 10;

  private final List<Set<LinkSession>> shares = new ArrayList<>();
  private int turn;
  private int next;

  LoopSessions(EventExecutor loop) {
    for (int i = 0; i < ROUND; i++) {
      shares.add(new HashSet<>());
    }
    var unused =
        loop.scheduleAtFixedRate(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where a session is kept, to find it again. */
  int add(LinkSession session) {
    next = (next + 1) % ROUND;
    shares.get(next).add(session);
    return next;
  }

  void remove(LinkSession session, int share) {
    shares.get(share).remove(session);
  }

  private void tick() {
    long now = System.nanoTime();
    turn = (turn + 1) % ROUND;
    for (LinkSession session : List.copyOf(shares.get(turn))) {
      try {
        session.tick(now);
      } catch (RuntimeException mistake) {
        // Thrown on, it would end the timer, and nobody would look after the others any more.
        LOG.error("[jt808 {}] not looked after, by an error of ours", session.phone(), mistake);
      }
    }
  }
}
