package io.roadcast.jtt.jt808;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of one message that have come so far. */
final class OpenMessage {
  /** What it takes to keep a part, beside its bytes. */
  private static final int PART_COST = 256;

  private final int total;
  private final SortedMap<Integer, Jt808Frame> parts = new TreeMap<>();
  private Instant touchedAt = Instant.MIN;
  private int bodyBytes;
  private int requests;

  OpenMessage(int total) {
    this.total = total;
  }

  static long cost(Jt808Frame part) {
    return (long) PART_COST + part.body().length();
  }

  void add(Jt808Frame part, Instant now) {
    parts.put(part.header().packageIndex(), part);
    bodyBytes += part.body().length();
    touchedAt = now;
  }

  void requested(Instant now) {
    requests++;
    touchedAt = now;
  }

  boolean has(int index) {
    return parts.containsKey(index);
  }

  boolean isComplete() {
    return parts.size() == total;
  }

  int received() {
    return parts.size();
  }

  int bodyBytes() {
    return bodyBytes;
  }

  int requests() {
    return requests;
  }

  Instant touchedAt() {
    return touchedAt;
  }

  long cost() {
    return (long) PART_COST * parts.size() + bodyBytes;
  }

  List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int index = 1; index <= total; index++) {
      if (!parts.containsKey(index)) {
        missing.add(index);
      }
    }
    return missing;
  }

  WholeMessage join() {
    byte[] body = new byte[bodyBytes];
    int at = 0;
    for (Jt808Frame part : parts.values()) {
      part.body().copyTo(body, at);
      at += part.body().length();
    }
    return new WholeMessage(parts.values().iterator().next().header(), Bytes.wrap(body));
  }
}
