package io.roadcast.jtt.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of a journal: the last one is written, all may be read, the first ones are deleted.
 * Writing belongs to the journal's thread; the rest is guarded by this object's monitor.
 */
final class SegmentLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
  private static final int BUFFER_BYTES = 1 << 20;

  /** So few records may not hold all that their terminals have seen no acknowledgement of. */
  private static final int JUST_BEGUN_BYTES = 4 << 20;

  private final Path directory;
  private final int segmentBytes;
  private final InstantSource clock;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable FileChannel open;
  private long written;
  private long flushed;
  private volatile long durable;
  private long cut;

  SegmentLog(Path directory, int segmentBytes, InstantSource clock) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.clock = clock;
  }

  /**
   * Finds what is there and cuts what was not written to its end.
   *
   * @param recovered takes the records of the last segment, which are the newest, and those of the
   *     one before if the last was only just begun
   */
  synchronized void recover(Consumer<JournalRecord> recovered) throws IOException {
    List<Segment> found = Segment.list(directory);
    segments.addAll(found);
    if (found.isEmpty()) {
      return;
    }
    Segment last = found.getLast();
    long fileEnd = last.fileEnd();
    if (found.size() > 1 && fileEnd - last.base() < JUST_BEGUN_BYTES) {
      scan(found.get(found.size() - 2), recovered);
    }
    long end = scan(last, recovered);
    cut = fileEnd - end;
    open = FileChannel.open(last.file(), StandardOpenOption.WRITE);
    if (cut > 0) {
      LOG.warn("[journal] {} bytes at the end of {} were never whole: cut", cut, last.file());
      open.truncate(end - last.base());
    }
    open.force(true);
    open.position(end - last.base());
    startAt(end);
  }

  /** Behind its last whole record. */
  private static long scan(Segment segment, Consumer<JournalRecord> found) throws IOException {
    try (SegmentScan scan = new SegmentScan(segment, segment.firstRecord())) {
      long fileEnd = segment.fileEnd();
      for (JournalRecord next = scan.next(fileEnd); next != null; next = scan.next(fileEnd)) {
        found.accept(next);
      }
      return scan.position();
    }
  }

  private void startAt(long position) {
    written = position;
    flushed = position;
    durable = position;
  }

  /** Adds a record to what the next {@link #commit} makes durable. */
  void add(JournalRecord value) throws IOException {
    int bytes = RecordFormat.bytes(value);
    roll(bytes);
    if (buffer.remaining() < bytes) {
      flush();
    }
    RecordFormat.write(value, buffer);
    written += bytes;
  }

  private void roll(int bytes) throws IOException {
    Segment last = last();
    boolean fits = last != null && written + bytes - last.base() <= segmentBytes;
    if (open == null || (!fits && last != null && written > last.firstRecord())) {
      commit();
      begin(written);
    }
  }

  private synchronized void begin(long base) throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    Segment fresh = Segment.create(directory, base, clock.instant());
    open = FileChannel.open(fresh.file(), StandardOpenOption.WRITE);
    open.position(Segment.HEADER_BYTES);
    open.force(true);
    Directories.force(directory);
    segments.add(fresh);
    written = fresh.firstRecord();
    flushed = written;
  }

  private void flush() throws IOException {
    FileChannel channel = open;
    if (channel == null) {
      throw new IOException("no segment is open");
    }
    buffer.flip();
    flushed += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Makes durable what was added. */
  void commit() throws IOException {
    FileChannel channel = open;
    if (channel != null && written > durable) {
      flush();
      channel.force(false);
      durable = written;
    }
  }

  /**
   * After an error: leaves the segment as it is at its last durable record, so that the next record
   * begins a new one. An fsync that failed tells nothing about what is on disk.
   */
  synchronized void abandon() {
    buffer.clear();
    FileChannel channel = open;
    Segment last = segments.peekLast();
    open = null;
    long next = durable;
    if (channel != null && last != null) {
      try (channel) {
        next = abandon(channel, last);
      } catch (IOException | RuntimeException e) {
        LOG.warn("[journal] {} could not be cut: {}", last.file(), e.toString());
        next = Math.max(flushed, last.firstRecord());
      }
    }
    written = next;
    flushed = next;
  }

  private long abandon(FileChannel channel, Segment last) throws IOException {
    if (durable <= last.firstRecord()) {
      Files.deleteIfExists(last.file());
      segments.removeLast();
      return Math.max(durable, last.base());
    }
    channel.truncate(durable - last.base());
    return durable;
  }

  private synchronized @Nullable Segment last() {
    return segments.peekLast();
  }

  /** Everything before it is safe on disk and may be read. */
  long durable() {
    return durable;
  }

  /** Position of the oldest record that is still there. */
  synchronized long start() {
    Segment first = segments.peekFirst();
    return first == null ? durable : first.firstRecord();
  }

  synchronized long bytes() {
    Segment first = segments.peekFirst();
    return first == null ? 0 : written - first.base();
  }

  long cutBytes() {
    return cut;
  }

  /** When the segment that holds this position was begun; null if there is nothing behind it. */
  synchronized @Nullable Instant begunAt(long position) {
    if (position >= durable) {
      return null;
    }
    Segment holding = holding(position);
    return holding == null ? null : holding.createdAt();
  }

  /** The segment that holds the position, else the first one behind it. */
  synchronized @Nullable Segment holding(long position) {
    Segment before = null;
    for (Segment segment : segments) {
      if (segment.base() > position) {
        return before == null ? segment : before;
      }
      before = segment;
    }
    return before;
  }

  /** The segment behind the one with this base. */
  synchronized @Nullable Segment after(Segment segment) {
    return segments.stream()
        .filter(other -> other.base() > segment.base())
        .findFirst()
        .orElse(null);
  }

  /** Deletes the segments that end at or before the position; the last one stays. */
  synchronized void deleteBefore(long position) throws IOException {
    while (segments.size() > 1) {
      Segment first = segments.getFirst();
      Segment second = segments.stream().skip(1).findFirst().orElseThrow();
      if (second.base() > position) {
        return;
      }
      Files.deleteIfExists(first.file());
      segments.removeFirst();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
