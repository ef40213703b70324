package io.roadcast.recorder.record;

import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamListener;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts every live stream of a router into the disk ring. */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(10);
  private static final long FINISH_SECONDS = 5;

  private final RecorderConfig config;
  private final Router router;
  private final Ring ring;
  private final InstantSource clock;
  private final Renditions renditions;
  private final RecorderCounters counters = new RecorderCounters();
  private final ExecutorService finisher = Executors.newVirtualThreadPerTaskExecutor();
  private final SegmentFactory factory;
  private final List<WriterThread> writers = new ArrayList<>();
  private final Map<StreamId, Attached> attached = new ConcurrentHashMap<>();
  private final StreamListener streams = new Streams();
  private final Thread expiry;
  private volatile boolean closed;

  /**
   * What a recorder depends on.
   *
   * @param guard asked before anything is written
   * @param clock of the server, which may be set
   * @param renditions make of any sound what can be recorded
   */
  public record Surroundings(DiskGuard guard, InstantSource clock, Renditions renditions) {
    /** Only sound in G.711 is recorded. */
    public Surroundings(DiskGuard guard, InstantSource clock) {
      this(guard, clock, Renditions.NONE);
    }
  }

  private record Attached(Stream stream, RecordingConsumer consumer, RecordedSound sound) {}

  /**
   * Repairs what a former run left, and begins with the streams that are live.
   *
   * @param owners whose a stream is at this moment; must not block
   * @throws IOException if the directory can not be used
   */
  public static Recorder start(
      RecorderConfig config,
      Router router,
      KeepRule rule,
      SegmentListener listener,
      Function<StreamId, Owner> owners)
      throws IOException {
    return start(
        config,
        router,
        rule,
        listener,
        owners,
        new Surroundings(
            DiskGuard.of(Files.createDirectories(config.directory()), config.reservedBytes()),
            InstantSource.system()));
  }

  /**
   * The same in surroundings that others know too.
   *
   * @throws IOException if the directory can not be used
   */
  public static Recorder start(
      RecorderConfig config,
      Router router,
      KeepRule rule,
      SegmentListener listener,
      Function<StreamId, Owner> owners,
      Surroundings surroundings)
      throws IOException {
    SegmentPlaces places = new SegmentPlaces(config.directory());
    Ring ring = new Ring(places, config.ring(), rule, listener, config.seals());
    int repaired = ring.restore();
    if (repaired > 0) {
      LOG.info("[recorder] {} segments of the former run repaired", repaired);
    }
    Recorder recorder = new Recorder(config, router, places, ring, owners, surroundings);
    recorder.begin();
    return recorder;
  }

  private Recorder(
      RecorderConfig config,
      Router router,
      SegmentPlaces places,
      Ring ring,
      Function<StreamId, Owner> owners,
      Surroundings surroundings) {
    this.config = config;
    this.router = router;
    this.ring = ring;
    this.clock = surroundings.clock();
    this.renditions = surroundings.renditions();
    this.factory = new SegmentFactory(places, ring, config, surroundings, owners, finisher);
    for (int i = 0; i < config.writers(); i++) {
      writers.add(new WriterThread("recorder-" + i));
    }
    this.expiry = Thread.ofPlatform().daemon().name("recorder-ring").unstarted(this::expire);
  }

  private void begin() {
    writers.forEach(WriterThread::start);
    expiry.start();
    router.addListener(streams);
    router.streams().forEach(this::attach);
  }

  private void attach(Stream stream) {
    if (closed) {
      return;
    }
    RecordingConsumer consumer = new RecordingConsumer(config.maxQueuedBytes(), counters);
    attached.compute(
        stream.id(),
        (id, present) -> {
          if (present != null && present.stream == stream) {
            return present;
          }
          WriterThread writer = writers.get(Math.floorMod(id.hashCode(), writers.size()));
          writer.add(consumer, new StreamRecording(id, factory, counters));
          stream.subscribe(consumer);
          return new Attached(stream, consumer, new RecordedSound(stream, renditions, consumer));
        });
    changed(stream);
  }

  private void changed(Stream stream) {
    Attached present = attached.get(stream.id());
    if (present != null && present.stream == stream) {
      present.sound.refresh();
    }
  }

  private final class Streams implements StreamListener {
    @Override
    public void started(Stream stream) {
      attach(stream);
    }

    @Override
    public void changed(Stream stream) {
      Recorder.this.changed(stream);
    }

    @Override
    public void interrupted(Stream stream) {
      // The consumer is told in the stream's order.
    }

    @Override
    public void resumed(Stream stream) {
      // As above.
    }

    @Override
    public void stopped(Stream stream, String reason) {
      attached.computeIfPresent(
          stream.id(),
          (id, present) -> {
            if (present.stream != stream) {
              return present;
            }
            present.sound.close();
            return null;
          });
    }
  }

  private void expire() {
    while (!closed) {
      try {
        ring.expire(clock.instant());
        ring.finishRest();
        Thread.sleep(EXPIRY_INTERVAL);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException mistake) {
        LOG.error("[recorder] the ring could not be looked through", mistake);
      }
    }
  }

  public Ring ring() {
    return ring;
  }

  public RecorderStatistics statistics() {
    return new RecorderStatistics(
        attached.size(),
        writers.stream().mapToInt(WriterThread::open).sum(),
        attached.values().stream().mapToLong(each -> each.consumer.queuedBytes()).sum(),
        counters.frames.sum(),
        counters.bytes.sum(),
        counters.dropped.sum(),
        counters.damaged.sum(),
        counters.segments.sum(),
        counters.failures.sum(),
        counters.soundJumps.sum());
  }

  /** What is wrong, in words for the operator. */
  public Optional<String> problem() {
    return writers.stream().allMatch(WriterThread::alive)
        ? Optional.empty()
        : Optional.of("a writer has ended");
  }

  /** Ends all segments. */
  @Override
  public void close() {
    closed = true;
    router.removeListener(streams);
    for (Attached each : attached.values()) {
      each.sound.close();
      each.stream.unsubscribe(each.consumer);
    }
    expiry.interrupt();
    writers.forEach(WriterThread::close);
    finisher.shutdown();
    try {
      if (!finisher.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("[recorder] segments are finished at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
