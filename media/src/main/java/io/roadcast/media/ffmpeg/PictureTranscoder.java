package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One track's pictures into H.264 as every browser shows it over WebRTC: constrained baseline in
 * the order of showing, limited range, at most of the size asked for. Nothing is held back beyond
 * what the source itself reorders. Pictures may change codec, size and format as they like. One
 * thread at a time.
 */
public final class PictureTranscoder implements AutoCloseable {
  private static final double BITS_PER_PIXEL = 0.09;
  private static final int LEAST_BITS = 150_000;
  private static final int SMALLEST_SIDE = 16;

  private final Target target;
  private final Output out;
  private final PictureScaler scaler = new PictureScaler();
  private final PictureClock clock = new PictureClock();
  private @Nullable PictureDecoder decoder;
  private @Nullable H264Encoder encoder;
  private H264Encoder.@Nullable Settings settings;
  private @Nullable Colours colours;
  private long keyframeMicros;

  /**
   * What becomes of the pictures.
   *
   * @param maxWidth larger ones are made smaller, in proportion; 0: any
   * @param maxHeight likewise
   * @param bitRate aimed at, bits per second; 0: as the size needs
   * @param frameRate about so many come per second
   * @param keyframeMicros there is a keyframe this often, so that who joins later has little to
   *     catch up with
   */
  public record Target(
      int maxWidth, int maxHeight, int bitRate, int frameRate, long keyframeMicros) {}

  /** Takes what becomes of the pictures. */
  public interface Output {
    /**
     * @param timeMicros on the timeline of the stamps, always later than the one before
     */
    void picture(long timeMicros, EncodedPicture picture);

    /** Something of the source could not be decoded. */
    void damaged();
  }

  /** Whether a picture is to be seen, or only decoded because others refer to it. */
  public enum Use {
    SHOWN,
    REFERENCE
  }

  public PictureTranscoder(Target target, Output out) {
    this.target = target;
    this.out = out;
  }

  /**
   * Takes the next access unit in decoding order.
   *
   * @param codec H264 or H265
   * @param annexB its NAL units with start codes, not kept
   */
  public void accept(Codec codec, byte[] annexB, long stampMicros, Use use) {
    PictureDecoder from = decoder;
    if (from == null || from.codec() != codec) {
      closeDecoder();
      from = new PictureDecoder(codec);
      decoder = from;
      clock.restart();
    }
    clock.entered(stampMicros);
    boolean whole =
        from.decode(annexB, stampMicros, use, (picture, shown) -> decoded(picture, shown));
    if (!whole) {
      out.damaged();
    }
  }

  private void decoded(AVFrame picture, Use use) {
    PictureDecoder from = decoder;
    long timeMicros = clock.left(picture.pts(), from == null ? 0 : from.reordered());
    if (use == Use.REFERENCE
        || picture.width() < SMALLEST_SIDE
        || picture.height() < SMALLEST_SIDE) {
      return;
    }
    AVFrame fitting = scaler.fit(picture, target.maxWidth, target.maxHeight);
    H264Encoder to = encoderFor(fitting);
    boolean due = timeMicros - keyframeMicros >= target.keyframeMicros;
    EncodedPicture encoded = to.encode(fitting, due ? PictureKind.KEYFRAME : PictureKind.PREDICTED);
    if (encoded.keyframe()) {
      keyframeMicros = timeMicros;
    }
    out.picture(timeMicros, encoded);
  }

  private H264Encoder encoderFor(AVFrame picture) {
    int bits = target.bitRate > 0 ? target.bitRate : bits(picture.width(), picture.height());
    H264Encoder.Settings wanted =
        new H264Encoder.Settings(picture.width(), picture.height(), target.frameRate, bits);
    Colours meant = Colours.of(picture);
    H264Encoder present = encoder;
    if (present != null && wanted.equals(settings) && meant.equals(colours)) {
      return present;
    }
    closeEncoder();
    H264Encoder fresh = new H264Encoder(wanted, meant);
    encoder = fresh;
    settings = wanted;
    colours = meant;
    return fresh;
  }

  private int bits(int width, int height) {
    return (int) Math.max(LEAST_BITS, (double) width * height * target.frameRate * BITS_PER_PIXEL);
  }

  private void closeDecoder() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }

  private void closeEncoder() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }

  /** Frees decoder and encoder; a second call does nothing. */
  @Override
  public void close() {
    closeDecoder();
    closeEncoder();
    scaler.close();
  }
}
