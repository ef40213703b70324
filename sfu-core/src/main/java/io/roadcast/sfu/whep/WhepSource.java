package io.roadcast.sfu.whep;

import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.transport.DialOut;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one stream of another server here for as long as it is open: asks for it, and again when
 * it ends, after 1 s at first and 30 s at most. Runs on a virtual thread of its own.
 */
final class WhepSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WhepSource.class);
  private static final long CLOSE_MILLIS = 3000;
  private static final double SPREAD = 0.2;

  private final RemoteStream remote;
  private final Router router;
  private final DialOut port;
  private final HttpClient http;
  private final Duration firstDelay;
  private final Duration longestDelay;
  private volatile @Nullable Thread thread;
  private volatile RemoteStatus status;

  WhepSource(
      RemoteStream remote, Router router, DialOut port, HttpClient http, RetryDelays delays) {
    this.remote = remote;
    this.router = router;
    this.port = port;
    this.http = http;
    this.firstDelay = delays.first();
    this.longestDelay = delays.longest();
    this.status = RemoteStatus.of(remote);
  }

  void start() {
    thread = Thread.ofVirtual().name("whep-" + remote.id()).start(this::run);
  }

  RemoteStatus status() {
    return status;
  }

  /** Says goodbye to the other server; waits until that is done. */
  @Override
  public void close() throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join(CLOSE_MILLIS);
    }
  }

  private void run() {
    Duration delay = firstDelay;
    try {
      while (true) {
        status = status.asked();
        RemoteEndedException end = once();
        if (status.state() == RemoteState.LIVE) {
          delay = firstDelay;
        }
        ended(String.valueOf(end.getMessage()));
        Duration wish = end.retryAfter();
        Thread.sleep(spread(wish.compareTo(delay) > 0 ? wish : delay));
        Duration twice = delay.multipliedBy(2);
        delay = twice.compareTo(longestDelay) < 0 ? twice : longestDelay;
      }
    } catch (InterruptedException e) {
      status = status.in(RemoteState.CLOSED);
    }
  }

  private RemoteEndedException once() throws InterruptedException {
    try {
      return new WhepCall(remote, router, port, new WhepExchange(http, remote), this::live).run();
    } catch (RuntimeException mistake) {
      log.error("{}: a mistake of ours ends it", remote.id(), mistake);
      return new RemoteEndedException("a mistake of this server");
    }
  }

  private void live() {
    log.info("{} comes from {}", remote.id(), remote.endpoint());
    status = status.in(RemoteState.LIVE);
  }

  private void ended(String why) {
    if (status.state() == RemoteState.LIVE || !why.equals(status.problem())) {
      log.info("{}: {}; it is asked for again", remote.id(), why);
    }
    status = status.ended(why);
  }

  /** So that not everybody comes back at once after a restart. */
  private static Duration spread(Duration delay) {
    double factor = 1 + SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis((long) (delay.toMillis() * factor));
  }
}
