package io.roadcast.jtt.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads one segment from a position on. Used by one thread. */
final class SegmentScan implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final long base;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private long position;
  private boolean damaged;

  SegmentScan(Segment segment, long from) throws IOException {
    base = segment.base();
    position = Math.max(from, segment.firstRecord());
    channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
  }

  /**
   * The next record, or null if there is no whole one before the limit.
   *
   * @param limit position that nothing is read beyond
   */
  @Nullable JournalRecord next(long limit) throws IOException {
    while (!damaged) {
      RecordFormat.Found found = RecordFormat.read(buffer);
      switch (found) {
        case RecordFormat.Found.Whole(JournalRecord value, int bytes) -> {
          position += bytes;
          return value;
        }
        case RecordFormat.Found.Damaged nothing -> damaged = true;
        case RecordFormat.Found.Partial(int bytes) -> {
          if (position + bytes > limit || !fill(bytes, limit)) {
            return null;
          }
        }
      }
    }
    return null;
  }

  private boolean fill(int wanted, long limit) throws IOException {
    if (buffer.capacity() < wanted) {
      ByteBuffer larger = ByteBuffer.allocate(wanted);
      buffer = larger.put(buffer).flip();
    }
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + limit - readTo()));
    boolean more = true;
    while (more && buffer.position() < wanted) {
      more = channel.read(buffer, readTo() - base) > 0;
    }
    buffer.flip();
    return buffer.remaining() >= wanted;
  }

  /** While filling: the position of the next byte that is not in the buffer. */
  private long readTo() {
    return position + buffer.position();
  }

  /** Behind the last record that was returned. */
  long position() {
    return position;
  }

  /** Whether what follows is no record. */
  boolean damaged() {
    return damaged;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
