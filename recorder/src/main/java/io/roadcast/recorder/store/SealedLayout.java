package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Sidecar;
import java.util.List;

/**
 * Where the chunks of a sealed file are. Its header and each of its fragments begin a chunk, so
 * that what is flushed is whole; a chunk has 64 KiB at most, its length before it and its tag
 * behind it. So the places follow from the sidecar alone, and a range is read without an index.
 */
final class SealedLayout {
  static final int CHUNK_BYTES = 64 * 1024;
  static final int LENGTH_BYTES = Integer.BYTES;
  static final int OVERHEAD_BYTES = LENGTH_BYTES + SegmentKey.TAG_BYTES;

  private final long[] plainAt;
  private final long[] sealedAt;
  private final long[] firstChunk;

  SealedLayout(Sidecar sidecar) {
    List<Fragment> fragments = sidecar.fragments();
    int parts = fragments.size() + 1;
    plainAt = new long[parts + 1];
    sealedAt = new long[parts + 1];
    firstChunk = new long[parts + 1];
    sealedAt[0] = SegmentKey.HEADER_BYTES;
    for (int i = 0; i < parts; i++) {
      int length = i == 0 ? sidecar.headerBytes() : fragments.get(i - 1).length();
      plainAt[i + 1] = plainAt[i] + length;
      sealedAt[i + 1] = sealedAt[i] + sealedBytes(length);
      firstChunk[i + 1] = firstChunk[i] + chunks(length);
    }
  }

  static int chunks(int plainBytes) {
    return Math.ceilDiv(plainBytes, CHUNK_BYTES);
  }

  static int sealedBytes(int plainBytes) {
    return plainBytes + chunks(plainBytes) * OVERHEAD_BYTES;
  }

  /** Of what was recorded. */
  long length() {
    return plainAt[plainAt.length - 1];
  }

  /**
   * Some chunks that follow each other.
   *
   * @param sealedAt of the first one's length field
   * @param first its number
   * @param plainAt of its first byte
   * @param plainBytes of all of them
   */
  record Run(long sealedAt, long first, long plainAt, int plainBytes) {
    int sealedBytes() {
      return SealedLayout.sealedBytes(plainBytes);
    }
  }

  /**
   * The chunks of one part that a range begins in.
   *
   * @param at within the whole
   */
  Run run(long at, int length) {
    int part = 0;
    while (plainAt[part + 1] <= at) {
      part++;
    }
    long skipped = (at - plainAt[part]) / CHUNK_BYTES;
    long from = plainAt[part] + skipped * CHUNK_BYTES;
    long wanted = Math.min(at + length, plainAt[part + 1]);
    long whole = Math.ceilDiv(wanted - from, (long) CHUNK_BYTES) * CHUNK_BYTES;
    int bytes = (int) Math.min(whole, plainAt[part + 1] - from);
    return new Run(
        sealedAt[part] + skipped * (CHUNK_BYTES + OVERHEAD_BYTES),
        firstChunk[part] + skipped,
        from,
        bytes);
  }
}
