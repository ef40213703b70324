package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a playlist of HLS names: a segment's header, and parts of it on the timeline of an hour. */
public final class HlsPart {
  /** More than any part that a playlist names has. */
  private static final long MAX_BYTES = 64L << 20;

  private HlsPart() {}

  /** Reads a segment's header; blocks. */
  public static byte[] header(Piece piece) throws IOException {
    try (SegmentSource source = piece.open()) {
      return source.read(0, piece.sidecar().headerBytes());
    }
  }

  /**
   * Reads a part; blocks.
   *
   * @param first where a fragment begins in the segment's file
   * @param end where one ends
   * @param base what times are counted from
   * @return empty if no fragments begin and end there
   */
  public static Optional<byte[]> read(Piece piece, long first, long end, Instant base)
      throws IOException {
    Segment segment = piece.segment();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    long at = first;
    if (end <= first || end - first > MAX_BYTES || base.isAfter(segment.from())) {
      return Optional.empty();
    }
    try (SegmentSource source = piece.open()) {
      for (int i = 0; i < piece.fragments().size() && at < end; i++) {
        Fragment fragment = piece.fragments().get(i);
        if (fragment.offset() == at) {
          long ticks = ShiftedFragment.ticks(Duration.between(base, segment.at(fragment.ticks())));
          part.writeBytes(ShiftedFragment.read(source, fragment, i + 1, ticks - fragment.ticks()));
          at += fragment.length();
        }
      }
    }
    return at == end ? Optional.of(part.toByteArray()) : Optional.empty();
  }
}
