package io.roadcast.recorder.record;

import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.Seals;
import io.roadcast.recorder.store.SegmentRepair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest segments of all streams, kept or not. What is kept gets a second name in another
 * directory, so that it stays when its name here goes. All methods may be called on any thread;
 * those that touch files block.
 */
public final class Ring {
  private static final Logger LOG = LoggerFactory.getLogger(Ring.class);

  private final SegmentPlaces places;
  private final Duration duration;
  private final KeepRule rule;
  private final SegmentListener listener;
  private final SegmentRepair repair;
  private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();

  /** Nothing is added to these any more, but the disk did not take that they are complete. */
  private final Queue<SegmentWriter> unfinished = new ConcurrentLinkedQueue<>();

  /** A segment in the ring. Its lock is held while its names change. */
  private static final class Entry {
    final Path file;
    final @Nullable SegmentWriter writer;
    private @Nullable String keptPlace;
    private Keeping keeping = Keeping.USUAL;
    private @Nullable Sidecar complete;

    Entry(Path file, @Nullable SegmentWriter writer, @Nullable Sidecar complete) {
      this.file = file;
      this.writer = writer;
      this.complete = complete;
    }

    synchronized Sidecar present() {
      Sidecar last = complete;
      if (last == null && writer != null) {
        last = writer.progress();
      }
      if (last == null) {
        throw new IllegalStateException("a segment that is neither written nor complete");
      }
      return as(last);
    }

    /** With the names that it has here. */
    synchronized Sidecar as(Sidecar sidecar) {
      Segment segment = sidecar.segment().in(keeping);
      String place = keptPlace;
      return new Sidecar(
          place == null ? segment : segment.in(place), sidecar.headerBytes(), sidecar.fragments());
    }
  }

  /**
   * @param duration how long segments stay that are not kept
   */
  public Ring(
      SegmentPlaces places,
      Duration duration,
      KeepRule rule,
      SegmentListener listener,
      Seals seals) {
    this.places = places;
    this.duration = duration;
    this.rule = rule;
    this.listener = listener;
    this.repair = new SegmentRepair(seals);
  }

  /**
   * A segment is being written from now on.
   *
   * @throws IOException if the disk does not take its sidecar; then it is not in the ring
   */
  void begun(SegmentWriter writer) throws IOException {
    UUID id = writer.segment().id();
    Entry entry = new Entry(writer.file(), writer, null);
    boolean known = false;
    try {
      writer.progress().write(writer.file());
      entries.put(id, entry);
      if (rule.keeps(writer.segment())) {
        keep(entry);
      }
      known = true;
    } finally {
      if (!known) {
        remove(id, entry);
      }
    }
  }

  /** Nothing is added to a segment any more. What the disk refuses is tried again later. */
  void finished(SegmentWriter writer) {
    try {
      settle(writer, writer.complete());
    } catch (IOException failure) {
      LOG.warn(
          "[recorder] {} could not be finished, that is tried again: {}",
          writer.segment().id(),
          failure.toString());
      unfinished.add(writer);
    }
  }

  /** Tries again what the disk did not take. */
  void finishRest() {
    for (int left = unfinished.size(); left > 0; left--) {
      SegmentWriter writer = unfinished.poll();
      if (writer == null) {
        return;
      }
      try {
        // What was told to be on the disk may not be there: the file itself is asked.
        settle(writer, repair.repair(writer.file(), writer.progress()));
        LOG.info("[recorder] {} is finished now", writer.segment().id());
      } catch (IOException failure) {
        LOG.debug("[recorder] {} is finished later: {}", writer.segment().id(), failure.toString());
        unfinished.add(writer);
      } catch (RuntimeException mistake) {
        // The others are not to wait for this one.
        LOG.error("[recorder] {} could not be finished", writer.segment().id(), mistake);
        unfinished.add(writer);
      }
    }
  }

  private void settle(SegmentWriter writer, Sidecar last) throws IOException {
    UUID id = writer.segment().id();
    Entry entry = entries.get(id);
    if (entry == null) {
      return;
    }
    if (last.fragments().isEmpty()) {
      Segment nothing = entry.as(last).segment();
      remove(id, entry);
      if (places.isKept(nothing.place())) {
        listener.changed(nothing.in(SegmentState.DELETED));
      }
      return;
    }
    settle(entry, last);
  }

  private void settle(Entry entry, Sidecar last) throws IOException {
    Sidecar present;
    boolean kept;
    synchronized (entry) {
      present = entry.as(last);
      kept = entry.keptPlace != null;
      present.write(entry.file);
      if (kept) {
        present.write(places.file(present.segment().place()));
      }
      // Not before the disk knows it.
      entry.complete = last;
    }
    if (kept) {
      listener.changed(present.segment());
    }
  }

  /** Gives a segment its second name, unless it has it. */
  private void keep(Entry entry) throws IOException {
    Segment segment;
    synchronized (entry) {
      if (entry.keptPlace != null) {
        return;
      }
      segment = entry.present().segment();
      String place =
          places.keptPlace(
              segment.stream(),
              segment.quality(),
              segment.from(),
              segment.id(),
              SegmentForm.of(entry.file.toString()).orElseThrow());
      Keeping before = entry.keeping;
      entry.keptPlace = place;
      entry.keeping = new Keeping(rule.policy(segment), false);
      boolean kept = false;
      try {
        segment = nameTwice(entry, places.file(place));
        kept = true;
      } finally {
        if (!kept) {
          entry.keptPlace = null;
          entry.keeping = before;
          forget(places.file(place));
        }
      }
    }
    listener.changed(segment);
  }

  private static Segment nameTwice(Entry entry, Path kept) throws IOException {
    Files.createDirectories(kept.getParent());
    Files.createLink(kept, entry.file);
    Sidecar sidecar = entry.present();
    sidecar.write(kept);
    sidecar.write(entry.file);
    return sidecar.segment();
  }

  private static void forget(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(Sidecar.of(file));
  }

  /**
   * Keeps what the ring has of a time.
   *
   * @return how many segments are kept that were not before
   */
  public int keep(Predicate<Segment> which) throws IOException {
    int kept = 0;
    for (Entry entry : entries.values()) {
      boolean fresh;
      synchronized (entry) {
        fresh = entry.keptPlace == null;
      }
      if (fresh && which.test(entry.present().segment())) {
        keep(entry);
        kept++;
      }
    }
    return kept;
  }

  /** A segment that is in the ring, as far as it is written. */
  public Optional<Sidecar> find(UUID id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::present);
  }

  /** The same, at its place in the ring, where it is read with least effort. */
  public Optional<Sidecar> nearest(UUID id) {
    return Optional.ofNullable(entries.get(id))
        .map(entry -> entry.present().in(places.place(entry.file)));
  }

  /** The segments of a stream at their places in the ring, oldest first. */
  public List<Sidecar> of(String stream, String quality) {
    Path directory = places.ring(stream, quality, new UUID(0, 0), SegmentForm.PLAIN).getParent();
    return entries.values().stream()
        .filter(entry -> Objects.equals(entry.file.getParent(), directory))
        .map(entry -> entry.present().in(places.place(entry.file)))
        .sorted(Comparator.comparing(each -> each.segment().from()))
        .toList();
  }

  /**
   * A kept segment is kept otherwise from now on; what is not here is left alone.
   *
   * @throws IOException if it could not be written beside the file
   */
  public void keeping(UUID id, Keeping keeping) throws IOException {
    Entry entry = entries.get(id);
    if (entry == null) {
      return;
    }
    synchronized (entry) {
      entry.keeping = keeping;
      Sidecar present = entry.present();
      present.write(entry.file);
      String place = entry.keptPlace;
      if (place != null && entry.complete == null) {
        present.write(places.file(place));
      }
    }
  }

  /** A kept segment lies elsewhere from now on. */
  public void moved(UUID id, String place) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return;
    }
    synchronized (entry) {
      entry.keptPlace = place;
      try {
        entry.present().write(entry.file);
      } catch (IOException failure) {
        // The catalogue knows better, and the ring's name goes soon.
        LOG.warn("[recorder] {} is noted at its former place: {}", id, failure.toString());
      }
    }
  }

  /** All segments in the ring, oldest first. */
  public List<Segment> segments() {
    return entries.values().stream()
        .map(entry -> entry.present().segment())
        .sorted(Comparator.comparing(Segment::from))
        .toList();
  }

  /** Forgets the names of what has been here long enough. */
  public void expire(Instant now) {
    Instant oldest = now.minus(duration);
    entries.forEach(
        (id, entry) -> {
          Segment segment = entry.present().segment();
          if (segment.state() == SegmentState.COMPLETE && segment.to().isBefore(oldest)) {
            try {
              remove(id, entry);
            } catch (IOException failure) {
              LOG.warn("a segment stays in the ring: {}", failure.toString());
            }
          }
        });
  }

  /** Forgets the oldest complete segments that are not kept, until these bytes are free. */
  public void release(long bytes) {
    long left = bytes;
    for (Segment segment : segments()) {
      Entry entry = entries.get(segment.id());
      if (left <= 0) {
        return;
      }
      if (entry != null
          && segment.state() == SegmentState.COMPLETE
          && !places.isKept(segment.place())) {
        try {
          remove(segment.id(), entry);
          left -= segment.bytes();
        } catch (IOException failure) {
          LOG.warn("a segment stays in the ring: {}", failure.toString());
        }
      }
    }
  }

  private void remove(UUID id, Entry entry) throws IOException {
    forget(entry.file);
    entries.remove(id);
    synchronized (entry) {
      String place = entry.keptPlace;
      if (place != null && entry.present().fragments().isEmpty()) {
        forget(places.file(place));
      }
    }
  }

  /**
   * Finds what a former run left in the ring and repairs what it did not finish. To be called
   * before anything is written.
   *
   * @return how many segments were repaired
   */
  public int restore() throws IOException {
    Files.createDirectories(places.ring());
    Files.createDirectories(places.kept());
    List<Path> files;
    try (var found = Files.walk(places.ring())) {
      files = found.filter(path -> SegmentForm.of(path.toString()).isPresent()).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    int repaired = 0;
    for (Path file : files) {
      try {
        repaired += restore(file) ? 1 : 0;
      } catch (IOException unreadable) {
        LOG.warn("[recorder] {} is left alone: {}", file, unreadable.getMessage());
      }
    }
    return repaired;
  }

  private boolean restore(Path file) throws IOException {
    Sidecar begun = Sidecar.read(file);
    Segment segment = begun.segment();
    boolean whole = segment.state() == SegmentState.COMPLETE;
    Sidecar present = whole ? begun : repair.repair(file, begun);
    Entry entry = new Entry(file, null, present);
    entry.keptPlace = segment.place().startsWith("ring/") ? null : segment.place();
    entry.keeping = segment.keeping();
    if (present.fragments().isEmpty()) {
      remove(segment.id(), entry);
      return false;
    }
    entries.put(segment.id(), entry);
    if (!whole) {
      settle(entry, present);
      LOG.info(
          "[recorder] {} was not finished; it ends at {} now, with {} pictures",
          segment.id(),
          present.segment().to(),
          present.segment().frames());
    }
    return !whole;
  }
}
