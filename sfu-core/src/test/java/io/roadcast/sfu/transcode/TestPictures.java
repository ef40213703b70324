package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a camera films. */
final class TestPictures {
  private TestPictures() {}

  /** Two seconds of 320x240 at 25 pictures a second, the first one a keyframe. */
  static List<EncodedPicture> twoSeconds() {
    List<EncodedPicture> pictures = new ArrayList<>();
    try (H264Encoder encoder = new H264Encoder(new H264Encoder.Settings(320, 240, 25, 400_000))) {
      I420Picture picture = new I420Picture(320, 240);
      for (int i = 0; i < 50; i++) {
        Arrays.fill(picture.luma(), 0, 320 * (20 + i), (byte) (60 + 2 * i));
        PictureKind kind = i == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        pictures.add(encoder.encode(picture, kind));
      }
    }
    return pictures;
  }
}
