package io.roadcast.jtt.jt808;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

  /** The body of the first part, if it is there. */
  @Nullable Bytes first() {
    Jt808Frame first = parts.get(1);
    return first == null ? null : first.body();
  }

  WholeMessage join() {
    Jt808Frame first = parts.values().iterator().next();
    int repeated = repeatedHead(first);
    byte[] body = new byte[bodyBytes - repeated * (parts.size() - 1)];
    int at = 0;
    for (Jt808Frame part : parts.values()) {
      int skipped = part == first ? 0 : repeated;
      Bytes rest = part.body().slice(skipped, part.body().length() - skipped);
      rest.copyTo(body, at);
      at += rest.length();
    }
    return new WholeMessage(first.header(), Bytes.wrap(body));
  }

  /**
   * Some terminals begin every part of an upload with what only the first one should begin with.
   */
  private int repeatedHead(Jt808Frame first) {
    boolean upload = first.header().messageId() == MediaUpload.ID;
    if (!upload || first.body().length() < MediaUpload.HEAD_BYTES) {
      return 0;
    }
    Bytes described = first.body().slice(0, MediaUpload.DESCRIPTION_BYTES);
    for (Jt808Frame part : parts.values()) {
      Bytes body = part.body();
      if (body.length() < MediaUpload.HEAD_BYTES
          || !body.slice(0, MediaUpload.DESCRIPTION_BYTES).equals(described)) {
        return 0;
      }
    }
    return MediaUpload.HEAD_BYTES;
  }
}
