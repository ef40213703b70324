package io.roadcast.jtt.jt1078;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in at most one line a second what is wrong with a connection's input. One thread. */
final class BadInputLog {
  private static final Logger LOG = LoggerFactory.getLogger(BadInputLog.class);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String connection;
  private long events;
  private String last = "";
  private boolean logged;
  private long loggedAtNanos;

  /**
   * @param connection how the log names it
   */
  BadInputLog(String connection) {
    this.connection = connection;
  }

  void note(String what, long nowNanos) {
    events++;
    last = what;
    if (!logged || nowNanos - loggedAtNanos >= INTERVAL_NANOS) {
      logged = true;
      loggedAtNanos = nowNanos;
      flush();
    }
  }

  /** Logs what was held back. */
  void flush() {
    if (events > 0) {
      LOG.warn("[{}] {} bad inputs, last: {}", connection, events, last);
      events = 0;
    }
  }
}
