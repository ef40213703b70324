package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.FileRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a file have come. Belongs to its file. */
final class ReceivedRanges {
  /** More separate ranges than a link that loses every second piece of a big file makes. */
  static final int MOST = 8192;

  private final TreeMap<Long, Long> ends = new TreeMap<>();
  private long bytes;

  /**
   * Adds a range.
   *
   * @return how many of its bytes are new; -1 if that would be too many ranges
   */
  long add(long offset, long length) {
    if (length == 0) {
      return 0;
    }
    long start = offset;
    long end = offset + length;
    long known = 0;
    Map.Entry<Long, Long> before = ends.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    } else if (ends.size() >= MOST) {
      return -1;
    }
    for (var inside = ends.ceilingEntry(start);
        inside != null && inside.getKey() <= end;
        inside = ends.ceilingEntry(start)) {
      known += inside.getValue() - inside.getKey();
      end = Math.max(end, inside.getValue());
      ends.remove(inside.getKey());
    }
    ends.put(start, end);
    long fresh = end - start - known;
    bytes += fresh;
    return fresh;
  }

  /** How many bytes have come. */
  long bytes() {
    return bytes;
  }

  /** Behind the last byte that has come. */
  long end() {
    return ends.isEmpty() ? 0 : ends.lastEntry().getValue();
  }

  /** What is missing of a file of so many bytes, at most so many ranges of it. */
  List<FileRange> missing(long size, int most) {
    List<FileRange> missing = new ArrayList<>();
    long at = 0;
    for (Map.Entry<Long, Long> range : ends.entrySet()) {
      if (missing.size() == most || at >= size) {
        return missing;
      }
      if (range.getKey() > at) {
        missing.add(new FileRange(at, Math.min(size, range.getKey()) - at));
      }
      at = Math.max(at, range.getValue());
    }
    if (at < size && missing.size() < most) {
      missing.add(new FileRange(at, size - at));
    }
    return missing;
  }

  boolean covers(long size) {
    return bytes >= size && missing(size, 1).isEmpty();
  }

  void clear() {
    ends.clear();
    bytes = 0;
  }
}
