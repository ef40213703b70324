package io.roadcast.sfu.transcode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for one child, with the jobs that are its. Whatever becomes of the child, as long as
 * there are jobs there is soon another: at once after the first failure, then after growing pauses.
 * Only on the watching thread.
 */
final class ChildPlace {
  private static final Logger log = LoggerFactory.getLogger(ChildPlace.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final int LONGEST_PAUSE_SHIFT = 7;

  /** One that lived so long did not die of what killed the one before. */
  private static final Duration LONG_LIFE = Duration.ofSeconds(20);

  private final TranscodeConfig config;
  private final Starter starter;
  private final List<Transcoders.Job> jobs = new ArrayList<>();
  private @Nullable ChildProcess child;
  private long idleSinceNanos;
  private long notBeforeNanos = System.nanoTime();
  private int failures;
  private boolean dismissed;
  private boolean closed;
  private long started;
  private long died;
  private long hung;
  private long damagedBefore;
  private long skippedBefore;
  private Duration cpuBefore = Duration.ZERO;
  private Duration cpuNow = Duration.ZERO;

  /** Starts a process for a place. */
  @FunctionalInterface
  interface Starter {
    ChildProcess start(ChildPlace place) throws IOException;
  }

  ChildPlace(TranscodeConfig config, Starter starter) {
    this.config = config;
    this.starter = starter;
  }

  List<Transcoders.Job> jobs() {
    return jobs;
  }

  void add(Transcoders.Job job) {
    jobs.add(job);
    ChildProcess present = child;
    if (present != null && present.isReady()) {
      job.begin(present);
    } else {
      startIfNeeded();
    }
  }

  void remove(Transcoders.Job job) {
    jobs.remove(job);
    idleSinceNanos = System.nanoTime();
  }

  /** At regular intervals. */
  void look() {
    ChildProcess present = child;
    if (present == null) {
      startIfNeeded();
      return;
    }
    cpuNow = present.cpu();
    if (present.isEnding()) {
      present.kill();
    } else if (!present.look()) {
      hung++;
      log.warn("transcoder {} does not answer and is killed", present.pid());
      present.kill();
    } else if (jobs.isEmpty()
        && present.isReady()
        && System.nanoTime() - idleSinceNanos > config.linger().toNanos()) {
      dismissed = true;
      present.end();
    }
  }

  /** Whether a process is there, or on its way. */
  boolean isManned() {
    return child != null;
  }

  void ready(ChildProcess of) {
    if (of == child) {
      jobs.forEach(job -> job.begin(of));
    }
  }

  void ended(ChildProcess of) {
    if (of != child) {
      return;
    }
    child = null;
    damagedBefore += of.damaged();
    skippedBefore += of.skipped();
    cpuBefore = cpuBefore.plus(cpuNow);
    cpuNow = Duration.ZERO;
    if (dismissed || closed) {
      dismissed = false;
      startIfNeeded();
      return;
    }
    died++;
    failures = of.age().compareTo(LONG_LIFE) > 0 ? 1 : failures + 1;
    long pause =
        failures == 1 ? 0 : FIRST_PAUSE_MILLIS << Math.min(failures - 2, LONGEST_PAUSE_SHIFT);
    notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    log.warn(
        "transcoder {} ended after {} s with {} jobs; the next one starts in {} ms",
        of.pid(),
        of.age().toSeconds(),
        jobs.size(),
        pause);
    startIfNeeded();
  }

  private void startIfNeeded() {
    if (closed || child != null || jobs.isEmpty() || System.nanoTime() - notBeforeNanos < 0) {
      return;
    }
    try {
      ChildProcess fresh = starter.start(this);
      child = fresh;
      started++;
      log.info("transcoder {} started for {} jobs", fresh.pid(), jobs.size());
    } catch (IOException failure) {
      failures++;
      notBeforeNanos =
          System.nanoTime()
              + TimeUnit.MILLISECONDS.toNanos(
                  FIRST_PAUSE_MILLIS << Math.min(failures, LONGEST_PAUSE_SHIFT));
      log.error("no transcoder can be started: {}", failure.toString());
    }
  }

  /** For good. */
  void kill() {
    closed = true;
    if (child != null) {
      child.kill();
    }
  }

  /** On the closing thread, when the watching one is gone. */
  void awaitEnd(Duration limit) throws InterruptedException {
    ChildProcess last = child;
    if (last != null) {
      last.awaitEnd(limit);
    }
  }

  Optional<Long> pid() {
    return child == null ? Optional.empty() : Optional.of(child.pid());
  }

  long started() {
    return started;
  }

  long died() {
    return died;
  }

  long hung() {
    return hung;
  }

  long damaged() {
    return damagedBefore + (child == null ? 0 : child.damaged());
  }

  long skipped() {
    return skippedBefore + (child == null ? 0 : child.skipped());
  }

  Duration cpu() {
    return cpuBefore.plus(cpuNow);
  }
}
