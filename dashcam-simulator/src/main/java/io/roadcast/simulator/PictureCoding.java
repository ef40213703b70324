package io.roadcast.simulator;

import io.roadcast.media.Codec;

/**
 * How drawn pictures are coded. All but H.264 without B frames needs the program {@code ffmpeg}
 * with x264 and x265, as distributions have it.
 *
 * @param codec H264 or H265
 * @param reordered B frames between two others, 0 to 4
 */
public record PictureCoding(Codec codec, int reordered) {
  /** What most cameras do. */
  public static final PictureCoding H264 = new PictureCoding(Codec.H264, 0);

  public static final PictureCoding H265 = new PictureCoding(Codec.H265, 0);

  private static final int MOST_REORDERED = 4;

  public PictureCoding {
    if (codec != Codec.H264 && codec != Codec.H265) {
      throw new IllegalArgumentException(codec + " is not drawn");
    }
    if (reordered < 0 || reordered > MOST_REORDERED) {
      throw new IllegalArgumentException(reordered + " B frames");
    }
  }

  boolean needsProgram() {
    return !equals(H264);
  }
}
