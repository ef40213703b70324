package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.RemoteStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves segments that are old enough into the object store, oldest first. The file here goes when
 * the object is there and the catalogue says so. While the store is away or slow, recordings stay
 * here, and it is tried again with growing pauses.
 */
public final class Tiering {
  private static final Logger LOG = LoggerFactory.getLogger(Tiering.class);
  private static final int BATCH = 50;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final RecordingCatalog catalog;
  private final LocalStore local;
  private final RemoteStore remote;
  private final Ring ring;
  private final Duration age;
  private final LongAdder moved = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private Duration pause = Duration.ZERO;
  private Instant notBefore = Instant.EPOCH;
  private volatile @Nullable String problem;

  /**
   * @param age after which segments are moved
   */
  public Tiering(
      RecordingCatalog catalog, LocalStore local, RemoteStore remote, Ring ring, Duration age) {
    this.catalog = catalog;
    this.local = local;
    this.remote = remote;
    this.ring = ring;
    this.age = age;
  }

  /** Segments moved since the start. */
  public long moved() {
    return moved.sum();
  }

  public long sentBytes() {
    return sentBytes.sum();
  }

  /** Attempts that failed. */
  public long failures() {
    return failures.sum();
  }

  /** What is wrong, in words for the operator. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Moves what is due, unless a pause is on. Blocks; one thread at a time. */
  public void run(Instant now) {
    if (now.isBefore(notBefore) && Duration.between(now, notBefore).compareTo(pause) <= 0) {
      return;
    }
    try {
      List<Segment> due = catalog.due(now.minus(age), BATCH);
      while (!due.isEmpty() && !Thread.currentThread().isInterrupted()) {
        for (Segment segment : due) {
          move(segment);
        }
        due = catalog.due(now.minus(age), BATCH);
      }
      pause = Duration.ZERO;
      problem = null;
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[recorder] nothing is moved for now: {}", away.getMessage());
    } catch (IOException failure) {
      failed(now, failure);
    }
  }

  private void failed(Instant now, IOException failure) {
    failures.increment();
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : doubled;
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    long millis = pause.toMillis();
    notBefore = now.plusMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    if (problem == null) {
      LOG.warn("[recorder] recordings stay here until they can be moved: {}", failure.toString());
    }
    problem = "recordings can not be moved to the object store: " + failure.getMessage();
  }

  private void move(Segment segment) throws IOException {
    String target = RemoteStore.placeFor(segment.place());
    try {
      sentBytes.add(remote.upload(segment.place(), local, local.sidecar(segment).in(target)));
    } catch (NoSuchFileException gone) {
      if (!local.exists(segment.place())) {
        catalog.lost(segment);
        return;
      }
      throw gone;
    }
    if (!catalog.move(segment, target)) {
      // It was deleted meanwhile.
      remote.delete(target);
      return;
    }
    ring.moved(segment.id(), target);
    local.delete(segment.place());
    moved.increment();
  }
}
