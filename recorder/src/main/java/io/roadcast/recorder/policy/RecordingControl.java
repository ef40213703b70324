package io.roadcast.recorder.policy;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.record.KeepRule;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is kept, by policies and by what people started, and keeps cameras on that are to be
 * recorded whether or not somebody watches. While the database is away the policies last read
 * count.
 */
public final class RecordingControl implements KeepRule, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingControl.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration RELOAD = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PolicyTable table;
  private final PolicyMode usual;
  private final InstantSource clock;
  private final Map<StreamId, Instant> started = new ConcurrentHashMap<>();
  private final Map<StreamId, Wish> wishes = new HashMap<>();
  private final Thread thread;
  private volatile PolicyBook book = PolicyBook.empty();
  private volatile Set<StreamId> standing = Set.of();
  private volatile Instant loadedAt = Instant.EPOCH;
  private volatile @Nullable Ring ring;
  private volatile @Nullable StreamSource source;
  private volatile boolean startedChanged;
  private volatile boolean closed;
  private boolean startedRead;

  /** A camera that is kept on. */
  private static final class Wish {
    final StreamLease lease;
    volatile boolean failed;

    Wish(StreamLease lease) {
      this.lease = lease;
      var unused =
          lease
              .live()
              .exceptionally(
                  refused -> {
                    failed = true;
                    return null;
                  });
    }
  }

  /**
   * @param usual what counts where no policy says anything
   */
  public RecordingControl(PolicyTable table, PolicyMode usual, InstantSource clock) {
    this.table = table;
    this.usual = usual;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("recorder-control").unstarted(this::run);
  }

  /** Begins to look after ring and cameras. */
  public void start(Ring present, StreamSource cameras) {
    ring = present;
    source = cameras;
    thread.start();
  }

  @Override
  public boolean keeps(Segment segment) {
    Instant until = started.get(stream(segment));
    Instant now = clock.instant();
    return (until != null && now.isBefore(until)) || keeps(segment.stream(), segment.owner(), now);
  }

  @Override
  public @Nullable String policy(Segment segment) {
    return book.policyOf(segment.stream(), segment.owner()).map(RecordingPolicy::name).orElse(null);
  }

  private boolean keeps(String stream, Owner owner, Instant at) {
    return book.policyOf(stream, owner)
        .map(policy -> policy.keeps(at))
        .orElse(usual == PolicyMode.LIVE || usual == PolicyMode.ALWAYS);
  }

  private static StreamId stream(Segment segment) {
    return StreamId.parse(
        segment.stream(), io.roadcast.sfu.router.Quality.ofLabel(segment.quality()));
  }

  /** The mode that counts for a stream, whatever was started. */
  public PolicyMode mode(StreamId stream, Owner owner) {
    return book.policyOf(stream.name(), owner).map(RecordingPolicy::mode).orElse(usual);
  }

  /** Until when a stream is kept because somebody started that. */
  public Optional<Instant> startedUntil(StreamId stream) {
    return Optional.ofNullable(started.get(stream)).filter(clock.instant()::isBefore);
  }

  /**
   * Keeps a stream from now on, and what the ring has of the time before; the camera is kept on.
   *
   * @return when it ends
   */
  public Instant start(StreamId stream, Duration preRoll, Duration duration) throws IOException {
    Instant now = clock.instant();
    Instant until = now.plus(duration);
    started.put(stream, until);
    startedChanged = true;
    Instant since = now.minus(preRoll);
    Ring present = ring;
    if (present != null) {
      present.keep(
          segment ->
              stream(segment).equals(stream)
                  && (segment.state() == SegmentState.RECORDING || segment.to().isAfter(since)));
    }
    LockSupport.unpark(thread);
    return until;
  }

  /** What was started ends; a policy may keep the stream further. */
  public void stop(StreamId stream) {
    started.remove(stream);
    startedChanged = true;
    LockSupport.unpark(thread);
  }

  /** Policies were changed. */
  public void changed() {
    loadedAt = Instant.EPOCH;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      try {
        rememberStarted();
        reload();
        keepWhatIsOpen();
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[recorder] the policies stay as they were: {}", away.getMessage());
      } catch (IOException | RuntimeException failure) {
        LOG.warn("[recorder] not everything could be kept: {}", failure.toString());
      }
      demand();
      if (!closed) {
        LockSupport.parkNanos(INTERVAL.toNanos());
      }
    }
    wishes.values().forEach(wish -> wish.lease.close());
  }

  /** What was started goes on after a restart. */
  private void rememberStarted() {
    if (!startedRead) {
      table.started(clock.instant()).forEach(started::putIfAbsent);
      startedRead = true;
    }
    if (startedChanged) {
      startedChanged = false;
      try {
        table.putStarted(Map.copyOf(started));
      } catch (DatabaseUnavailableException away) {
        startedChanged = true;
        throw away;
      }
    }
  }

  private void reload() {
    Instant now = clock.instant();
    if (Duration.between(loadedAt, now).abs().compareTo(RELOAD) < 0) {
      return;
    }
    PolicyBook fresh = PolicyBook.of(table.all(), table.vehicleGroups(), table.groupParents());
    Set<StreamId> on = new HashSet<>();
    if (fresh.policies().values().stream().anyMatch(policy -> policy.demands(now))) {
      for (PolicyTable.Camera camera : table.cameras()) {
        if (fresh
            .policyOf(camera.stream().name(), camera.owner())
            .filter(policy -> policy.demands(now))
            .isPresent()) {
          on.add(camera.stream());
        }
      }
    }
    book = fresh;
    standing = Set.copyOf(on);
    loadedAt = now;
  }

  /** A policy or a schedule may have begun in the middle of a segment. */
  private void keepWhatIsOpen() throws IOException {
    Ring present = ring;
    if (present != null) {
      present.keep(segment -> segment.state() == SegmentState.RECORDING && keeps(segment));
    }
  }

  private void demand() {
    StreamSource cameras = source;
    if (cameras == null) {
      return;
    }
    started.values().removeIf(until -> !clock.instant().isBefore(until));
    Set<StreamId> wanted = new HashSet<>(standing);
    wanted.addAll(started.keySet());
    wishes
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = entry.getValue().failed || !wanted.contains(entry.getKey());
              if (over) {
                entry.getValue().lease.close();
              }
              return over;
            });
    for (StreamId stream : wanted) {
      wishes.computeIfAbsent(stream, id -> new Wish(cameras.demand(id, LeaseHolder.RECORDING)));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive()) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
