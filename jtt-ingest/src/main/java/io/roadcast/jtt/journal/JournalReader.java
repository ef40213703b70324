package io.roadcast.jtt.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is durable, in order. Used by one thread. */
public final class JournalReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

  private final SegmentLog log;
  private final LongAdder skipped;
  private @Nullable Segment segment;
  private @Nullable SegmentScan scan;
  private long position;

  JournalReader(SegmentLog log, long from, LongAdder skipped) {
    this.log = log;
    this.position = from;
    this.skipped = skipped;
  }

  /** The next records, at most so many; empty if there are none yet. */
  public List<JournalRecord> next(int most) throws IOException {
    List<JournalRecord> batch = new ArrayList<>();
    while (batch.size() < most) {
      JournalRecord next = next();
      if (next == null) {
        return batch;
      }
      batch.add(next);
    }
    return batch;
  }

  private @Nullable JournalRecord next() throws IOException {
    while (true) {
      long durable = log.durable();
      SegmentScan reading = opened();
      if (reading == null || segment == null) {
        return null;
      }
      JournalRecord found = reading.next(durable);
      position = reading.position();
      if (found != null) {
        return found;
      }
      Segment following = log.after(segment);
      if (following == null || following.firstRecord() > durable) {
        return null;
      }
      // The segment may have got its last records after they were looked for.
      found = reading.next(Math.min(following.base(), log.durable()));
      if (found != null) {
        position = reading.position();
        return found;
      }
      skipTo(following);
    }
  }

  private void skipTo(Segment following) throws IOException {
    long missing = following.base() - position;
    if (missing > 0) {
      skipped.add(missing);
      LOG.error("[journal] {} bytes before {} are no records", missing, following.file());
    }
    close();
    position = following.firstRecord();
  }

  private @Nullable SegmentScan opened() throws IOException {
    if (scan == null) {
      segment = log.holding(position);
      if (segment != null) {
        scan = new SegmentScan(segment, position);
        position = scan.position();
      }
    }
    return scan;
  }

  /** Behind the last record that was read. */
  public long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    if (scan != null) {
      scan.close();
      scan = null;
      segment = null;
    }
  }
}
