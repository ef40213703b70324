package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded pictures into the form that is encoded: 4:2:0 of 8 bits in limited range, even
 * sides, at most of a given size. Used by one thread.
 */
final class PictureScaler implements AutoCloseable {
  private @Nullable SwsContext context;
  private @Nullable AVFrame scaled;

  /**
   * Returns the picture itself where it fits, with its last odd column and row left out; else a
   * copy that holds until the next call.
   *
   * @param maxWidth 0: any
   * @param maxHeight 0: any
   */
  AVFrame fit(AVFrame picture, int maxWidth, int maxHeight) {
    double scale =
        Math.min(
            1, Math.min(factor(maxWidth, picture.width()), factor(maxHeight, picture.height())));
    int width = even(picture.width() * scale);
    int height = even(picture.height() * scale);
    boolean limited =
        picture.format() == avutil.AV_PIX_FMT_YUV420P
            && picture.color_range() != avutil.AVCOL_RANGE_JPEG;
    if (limited && scale == 1) {
      picture.width(width).height(height);
      return picture;
    }
    AVFrame into = target(width, height);
    into.colorspace(picture.colorspace());
    into.color_primaries(picture.color_primaries());
    into.color_trc(picture.color_trc());
    into.color_range(avutil.AVCOL_RANGE_MPEG);
    check(swscale.sws_scale_frame(context(), into, picture), "changing a picture's form");
    return into;
  }

  private static double factor(int allowed, int present) {
    return allowed == 0 ? 1 : (double) allowed / present;
  }

  private static int even(double side) {
    return Math.max(2, (int) (side + 1e-6) & ~1);
  }

  private AVFrame target(int width, int height) {
    AVFrame present = scaled;
    if (present != null && present.width() == width && present.height() == height) {
      check(avutil.av_frame_make_writable(present), "memory of a picture");
      return present;
    }
    freeTarget();
    AVFrame fresh = avutil.av_frame_alloc();
    fresh.width(width).height(height).format(avutil.AV_PIX_FMT_YUV420P);
    scaled = fresh;
    check(avutil.av_frame_get_buffer(fresh, 0), "memory of a picture");
    return fresh;
  }

  /** What it converts, it reads from the pictures themselves, each time anew. */
  private SwsContext context() {
    SwsContext present = context;
    if (present == null) {
      present = swscale.sws_alloc_context();
      present.flags(swscale.SWS_BILINEAR);
      present.threads(1);
      context = present;
    }
    return present;
  }

  private void freeTarget() {
    if (scaled != null) {
      avutil.av_frame_free(scaled);
      scaled = null;
    }
  }

  @Override
  public void close() {
    freeTarget();
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
  }
}
