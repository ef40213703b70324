package io.roadcast.e2e.joins;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.simulator.picture.DashcamPicture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures that were drawn and encoded beforehand, so that a measurement does not pay for them. The
 * counter in each is its place in {@link #pictures}; the first one is a keyframe.
 */
public record Film(Kind kind, List<EncodedPicture> pictures) {
  /**
   * @param bitRate bits per second
   * @param gopSeconds from keyframe to keyframe
   */
  public record Kind(
      String name,
      int width,
      int height,
      int bitRate,
      int gopSeconds,
      H264Encoder.Profile profile) {
    int gopPictures() {
      return gopSeconds * FRAME_RATE;
    }
  }

  /** Pictures a second. */
  public static final int FRAME_RATE = 25;

  private static final int LEAST_PICTURES = 10 * FRAME_RATE;

  /** Draws and encodes at least ten seconds, in whole groups of pictures. */
  public static Film shoot(Kind kind) {
    int gop = kind.gopPictures();
    int count = (LEAST_PICTURES + gop - 1) / gop * gop;
    DashcamPicture scene = new DashcamPicture(kind.width, kind.height, 0);
    I420Picture planes = new I420Picture(kind.width, kind.height);
    List<EncodedPicture> pictures = new ArrayList<>(count);
    try (H264Encoder encoder =
        new H264Encoder(
            new H264Encoder.Settings(
                kind.width, kind.height, FRAME_RATE, kind.bitRate, kind.profile))) {
      for (int i = 0; i < count; i++) {
        planes.setRgb(scene.draw(i, i * 1000L / FRAME_RATE, Instant.EPOCH));
        PictureKind wanted = i % gop == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        pictures.add(encoder.encode(planes, wanted));
      }
    }
    return new Film(kind, pictures);
  }
}
