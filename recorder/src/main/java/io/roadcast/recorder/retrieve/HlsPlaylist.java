package io.roadcast.recorder.retrieve;

import java.time.Instant;
import java.util.Locale;

/**
 * A playlist of HLS (RFC 8216, version 7) over one file: its segments are ranges of the file's
 * bytes, each from a keyframe on.
 */
final class HlsPlaylist {
  private static final double TICKS_PER_SECOND = 90_000;
  private static final long WANTED_TICKS = 4 * 90_000;

  /** A longer time between two fragments is a gap. */
  private static final long GAP_TICKS = 45_000;

  private final String address;
  private final StringBuilder entries = new StringBuilder();
  private double longest = 1;
  private long offset;
  private long length;
  private long start;
  private long end;

  /**
   * @param address of the file
   * @param headerBytes where its first fragment begins
   */
  HlsPlaylist(String address, long headerBytes) {
    this.address = address;
    this.offset = headerBytes;
    entries
        .append("#EXT-X-MAP:URI=\"")
        .append(address)
        .append("\",BYTERANGE=\"")
        .append(headerBytes)
        .append("@0\"\n");
  }

  /**
   * Adds the next fragment.
   *
   * @param ticks when it begins on the file's timeline
   * @param at when that was
   */
  void add(int bytes, boolean keyframe, long ticks, long duration, Instant at) {
    boolean first = length == 0 && end == 0;
    boolean gap = !first && ticks - end > GAP_TICKS;
    if (!first && keyframe && (gap || end - start >= WANTED_TICKS)) {
      finish();
    }
    if (length == 0) {
      start = ticks;
      if (gap) {
        entries.append("#EXT-X-DISCONTINUITY\n");
      }
      if (first || gap) {
        entries.append("#EXT-X-PROGRAM-DATE-TIME:").append(at).append('\n');
      }
    }
    length += bytes;
    end = ticks + duration;
  }

  private void finish() {
    double seconds = (end - start) / TICKS_PER_SECOND;
    longest = Math.max(longest, seconds);
    entries
        .append(String.format(Locale.ROOT, "#EXTINF:%.5f,\n", seconds))
        .append("#EXT-X-BYTERANGE:")
        .append(length)
        .append('@')
        .append(offset)
        .append('\n')
        .append(address)
        .append('\n');
    offset += length;
    length = 0;
  }

  /** The whole playlist; nothing can be added any more. */
  String text() {
    if (length > 0) {
      finish();
    }
    return "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        + "#EXT-X-TARGETDURATION:"
        + (long) Math.ceil(longest)
        + "\n"
        + entries
        + "#EXT-X-ENDLIST\n";
  }
}
