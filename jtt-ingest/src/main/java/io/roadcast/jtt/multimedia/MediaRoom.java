package io.roadcast.jtt.multimedia;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest files where there are too many, but never the newest one. A file goes before
 * its row: what a crash leaves is a row that is the oldest again.
 */
final class MediaRoom {
  private static final Logger LOG = LoggerFactory.getLogger(MediaRoom.class);
  private static final int AT_ONCE = 100;
  private static final long UNKNOWN = -1;

  private final MediaTable table;
  private final MediaFiles files;
  private final MediaLimits limits;
  private final AtomicLong bytes = new AtomicLong(UNKNOWN);
  private final LongAdder removed = new LongAdder();

  MediaRoom(MediaTable table, MediaFiles files, MediaLimits limits) {
    this.table = table;
    this.files = files;
    this.limits = limits;
  }

  /** A row was added. */
  void added(MediaRecord row) {
    bytes.updateAndGet(before -> before == UNKNOWN ? UNKNOWN : before + row.bytes());
  }

  /** Removes a file and its row; false if the row was gone. */
  boolean remove(MediaRecord row) throws IOException {
    files.deleteFile(row);
    boolean there = table.delete(row.id());
    if (there) {
      bytes.updateAndGet(before -> before == UNKNOWN ? UNKNOWN : before - row.bytes());
    }
    return there;
  }

  /** Makes room after a file of this terminal was added. */
  void make(String terminal) throws IOException {
    long excess = table.bytes(terminal) - limits.bytesPerTerminal();
    while (excess > 0) {
      long freed = remove(table.oldest(terminal, AT_ONCE), excess);
      if (freed == 0) {
        break;
      }
      excess -= freed;
    }
    while (all() > limits.bytes()) {
      if (remove(table.oldest(AT_ONCE), all() - limits.bytes()) == 0) {
        break;
      }
    }
  }

  private long all() {
    if (bytes.get() == UNKNOWN) {
      bytes.compareAndSet(UNKNOWN, table.bytes());
    }
    return bytes.get();
  }

  /**
   * @param oldest first; the last one stays, since it may be the only one
   */
  private long remove(List<MediaRecord> oldest, long excess) throws IOException {
    long freed = 0;
    for (MediaRecord each : oldest.subList(0, Math.max(0, oldest.size() - 1))) {
      if (freed >= excess) {
        break;
      }
      remove(each);
      freed += each.bytes();
      removed.increment();
      LOG.debug("[multimedia] {} of {} made room", each.id(), each.terminal());
    }
    return freed;
  }

  long removed() {
    return removed.sum();
  }

  /** 0 while it is not known. */
  long bytes() {
    return Math.max(0, bytes.get());
  }
}
