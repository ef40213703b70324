package io.roadcast.sfu.transcode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The children that transcode, and the jobs that they share. A child is started with the first job
 * that needs it and ended when it has had none for a while; one that dies or hangs is replaced, its
 * jobs go on in the new one. All methods may be called on any thread and do not wait.
 */
public final class Transcoders implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final TranscodeConfig config;
  private final List<String> command;
  private final Map<Integer, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger places = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder blocks = new LongAdder();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("transcoder-watch").factory());

  // Of the watching thread.
  private final List<ChildPlace> children = new ArrayList<>();
  private volatile ChildTotals totals = new ChildTotals(0, 0, 0, 0, 0, 0, Duration.ZERO);

  /** Takes what a job makes, on a child's reading thread. */
  @FunctionalInterface
  interface Output {
    /**
     * @param timeMicros on the timeline of the frames' stamps
     * @param block the receiver's
     */
    void made(long timeMicros, ByteBuffer block);

    /**
     * A child is there that has seen nothing of this job, at first and after each that failed. On
     * the watching thread; must not wait.
     */
    default void begun() {}
  }

  public Transcoders(TranscodeConfig config) {
    this(config, ChildCommand.of(TranscoderChild.class));
  }

  /**
   * @param command starts a child; for tests
   */
  Transcoders(TranscodeConfig config, List<String> command) {
    this.config = config;
    this.command = List.copyOf(command);
    for (int i = 0; i < config.maxChildren(); i++) {
      children.add(new ChildPlace(config, this::startChild));
    }
    watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether another job would be taken. */
  boolean hasRoom() {
    return places.get() < config.maxJobs() && !watch.isShutdown();
  }

  /** Begins a job; empty if there are as many as allowed. */
  Optional<Job> open(JobSpec spec, Output out) {
    if (places.incrementAndGet() > config.maxJobs()) {
      places.decrementAndGet();
      refused.increment();
      return Optional.empty();
    }
    Job job = new Job(numbers.incrementAndGet(), spec, out);
    jobs.put(job.number, job);
    onWatch(() -> place(job));
    return Optional.of(job);
  }

  public TranscodeStatistics statistics() {
    ChildTotals now = totals;
    return new TranscodeStatistics(
        now.running(),
        jobs.size(),
        now.started(),
        now.died(),
        now.hung(),
        refused.sum(),
        dropped.sum() + now.skipped(),
        now.damaged(),
        blocks.sum(),
        now.cpu());
  }

  /** Process ids of the children that run, for tests and the curious. */
  List<Long> pids() {
    return totals.running() == 0 ? List.of() : onWatchNow();
  }

  /** Ends all children. */
  @Override
  public void close() {
    onWatch(() -> children.forEach(ChildPlace::kill));
    watch.shutdown();
    try {
      watch.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      for (ChildPlace child : children) {
        child.awaitEnd(LAST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobs.clear();
  }

  // ---- on the watching thread

  /** Into the child that is busiest without being full, so that the others may end. */
  private void place(Job job) {
    if (job.closed) {
      return;
    }
    ChildPlace best = null;
    for (ChildPlace child : children) {
      boolean room = child.jobs().size() < config.jobsPerChild();
      if (room && (best == null || suits(child, best))) {
        best = child;
      }
    }
    if (best != null) {
      job.place = best;
      best.add(job);
    }
    sum();
  }

  private static boolean suits(ChildPlace child, ChildPlace best) {
    int more = child.jobs().size() - best.jobs().size();
    return more > 0 || (more == 0 && child.isManned() && !best.isManned());
  }

  private void look() {
    children.forEach(ChildPlace::look);
    sum();
  }

  private void sum() {
    totals = ChildTotals.of(children);
  }

  private ChildProcess startChild(ChildPlace place) throws IOException {
    return new ChildProcess(
        command,
        new ChildProcess.Listener() {
          @Override
          public void ready(ChildProcess child) {
            onWatch(() -> place.ready(child));
          }

          @Override
          public void media(int number, ByteBuffer media) {
            Job job = jobs.get(number);
            if (job != null && media.remaining() > Long.BYTES) {
              blocks.increment();
              long timeMicros = media.getLong();
              job.out.made(timeMicros, media.slice());
            }
          }

          @Override
          public void ended(ChildProcess child) {
            onWatch(
                () -> {
                  place.ended(child);
                  sum();
                });
          }
        });
  }

  private void onWatch(Runnable task) {
    try {
      watch.execute(task);
    } catch (RejectedExecutionException closed) {
      // All children are gone with the close.
    }
  }

  private List<Long> onWatchNow() {
    try {
      return watch
          .submit(() -> children.stream().flatMap(child -> child.pid().stream()).toList())
          .get(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException
        | RejectedExecutionException e) {
      return List.of();
    }
  }

  /** One stream's sound or pictures on their way through a child. Any thread, one at a time. */
  final class Job implements AutoCloseable {
    private final int number;
    private final JobSpec spec;
    private final Output out;
    private volatile @Nullable ChildProcess child;
    private volatile boolean closed;
    private @Nullable ChildPlace place;

    Job(int number, JobSpec spec, Output out) {
      this.number = number;
      this.spec = spec;
      this.out = out;
    }

    /**
     * Hands over a frame; it is dropped if the child is not there or too far behind.
     *
     * @param media 8 bytes of time in microseconds and the frame; not touched any more
     * @return whether it goes on its way
     */
    boolean send(byte[] media) {
      ChildProcess to = child;
      boolean sent =
          to != null
              && to.isReady()
              && to.send(new ChildMessage(ChildMessage.Kind.MEDIA, number, media));
      if (!sent) {
        dropped.increment();
      }
      return sent;
    }

    /** A child is there to do it. On the watching thread. */
    void begin(ChildProcess with) {
      with.send(new ChildMessage(ChildMessage.Kind.OPEN, number, spec.toBytes()));
      child = with;
      out.begun();
    }

    /** The job is over; closing again does nothing. */
    @Override
    public void close() {
      if (jobs.remove(number) == null) {
        return;
      }
      closed = true;
      onWatch(
          () -> {
            ChildProcess with = child;
            child = null;
            if (with != null) {
              with.send(ChildMessage.of(ChildMessage.Kind.CLOSE, number));
            }
            if (place != null) {
              place.remove(this);
            }
          });
      // Not before: who takes its place must find it empty.
      places.decrementAndGet();
    }
  }
}
