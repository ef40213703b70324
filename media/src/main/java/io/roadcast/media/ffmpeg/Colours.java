package io.roadcast.media.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** How the numbers of a picture mean colours, as FFmpeg numbers ITU-T H.273. */
record Colours(int space, int primaries, int transfer) {
  static final Colours BT709 =
      new Colours(avutil.AVCOL_SPC_BT709, avutil.AVCOL_PRI_BT709, avutil.AVCOL_TRC_BT709);

  static Colours of(AVFrame picture) {
    return new Colours(picture.colorspace(), picture.color_primaries(), picture.color_trc());
  }
}
