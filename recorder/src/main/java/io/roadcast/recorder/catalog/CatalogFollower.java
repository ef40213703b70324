package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.record.SegmentListener;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.RemoteStore;
import io.roadcast.recorder.store.Seals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the catalogue what becomes of kept segments, as soon as the database can be told; nobody
 * waits for it. When the database is there for the first time, files and catalogue are compared.
 */
public final class CatalogFollower implements SegmentListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogFollower.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int BATCH = 500;
  private static final Pattern NAME = Pattern.compile("[0-9]{6}-([0-9a-f-]{36})\\.(?:mp4|sealed)");

  private final RecordingCatalog catalog;
  private final SegmentPlaces places;
  private final LocalStore local;
  private final Map<UUID, Segment> waiting = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile @Nullable Ring ring;
  private volatile boolean compared;
  private volatile boolean closed;

  public CatalogFollower(RecordingCatalog catalog, SegmentPlaces places) {
    this.catalog = catalog;
    this.places = places;
    this.local = new LocalStore(places, Seals.none());
    this.thread = Thread.ofPlatform().daemon().name("recorder-catalog").unstarted(this::follow);
  }

  /** Begins to tell; until then what changes is remembered. */
  public void start(Ring present) {
    ring = present;
    thread.start();
  }

  /** Says that trying again may help. Any thread. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void changed(Segment segment) {
    waiting.put(segment.id(), segment);
    LockSupport.unpark(thread);
  }

  /** What is wrong, in words for the operator. */
  public Optional<String> problem() {
    int behind = waiting.size();
    return behind <= BATCH
        ? Optional.empty()
        : Optional.of(behind + " segments are not in the catalogue yet");
  }

  /** Segments that the catalogue has not been told of. */
  public int behind() {
    return waiting.size();
  }

  private void follow() {
    while (!closed) {
      try {
        Ring present = ring;
        if (!compared && present != null) {
          compare(present);
          compared = true;
        }
        tell();
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[recorder] the catalogue is told later: {}", away.getMessage());
      } catch (IOException | RuntimeException failure) {
        if (!closed) {
          LOG.warn("[recorder] the catalogue is told later: {}", failure.toString());
        }
      }
      if (!closed) {
        LockSupport.parkNanos(INTERVAL.toNanos());
      }
    }
  }

  private void tell() {
    List<Segment> batch = waiting.values().stream().limit(BATCH).toList();
    while (!batch.isEmpty()) {
      catalog.put(batch);
      batch.forEach(segment -> waiting.remove(segment.id(), segment));
      batch = waiting.values().stream().limit(BATCH).toList();
    }
  }

  /** Rows without files are lost, files without rows are added, what is unfinished is finished. */
  private void compare(Ring ring) throws IOException {
    Map<UUID, String> known = new HashMap<>();
    List<Segment> wrong = new ArrayList<>();
    UUID after = new UUID(0, 0);
    for (List<Segment> page = catalog.all(after, BATCH);
        !page.isEmpty();
        page = catalog.all(after, BATCH)) {
      for (Segment row : page) {
        after = row.id();
        known.put(row.id(), row.place());
        check(row, ring).ifPresent(wrong::add);
      }
    }
    for (Path file : keptFiles()) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        String place = known.get(UUID.fromString(name.group(1)));
        if (place == null) {
          read(file).ifPresent(wrong::add);
        } else if (RemoteStore.holds(place)) {
          // It was moved, and the file here was to go.
          local.delete(places.place(file));
        }
      }
    }
    if (known.isEmpty() && !wrong.isEmpty()) {
      catalog.deletion().suspend("the catalogue was empty, and recordings were there");
    }
    if (!wrong.isEmpty()) {
      LOG.info("[recorder] the catalogue differed from the files in {} segments", wrong.size());
      catalog.put(wrong);
    }
  }

  private static Optional<Segment> read(Path file) {
    try {
      return Optional.of(Sidecar.read(file).segment());
    } catch (IOException unreadable) {
      LOG.warn("[recorder] {} stays out of the catalogue: {}", file, unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Segment> check(Segment row, Ring ring) {
    if (RemoteStore.holds(row.place())) {
      return Optional.empty();
    }
    Path file = places.file(row.place());
    boolean there = Files.exists(file);
    return switch (row.state()) {
      case COMPLETE -> there ? Optional.empty() : Optional.of(row.in(SegmentState.LOST));
      case RECORDING ->
          ring.find(row.id())
              .map(Sidecar::segment)
              .or(() -> there ? read(file) : Optional.of(row.in(SegmentState.LOST)));
      case LOST -> there ? read(file) : Optional.empty();
      case DELETING, DELETED -> Optional.empty();
    };
  }

  private List<Path> keptFiles() throws IOException {
    try (var found = Files.walk(places.kept())) {
      return found.filter(path -> SegmentForm.of(path.toString()).isPresent()).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  /** Tells the catalogue what it can be told at once. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive()) {
        thread.join(PATIENCE);
      }
      tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException away) {
      LOG.info("[recorder] {} segments are told to the catalogue at the next start", behind());
    }
  }
}
