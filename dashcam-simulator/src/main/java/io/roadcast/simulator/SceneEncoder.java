package io.roadcast.simulator;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;

/** Encodes the pictures of one scene. Used by one thread, but for its output. */
interface SceneEncoder extends AutoCloseable {
  /** Takes encoded pictures, in the order in which they are to be sent, from one thread. */
  @FunctionalInterface
  interface Output {
    /**
     * @param millis of the stream's time
     */
    void encoded(EncodedPicture picture, long millis);
  }

  /**
   * Keyframes come as often as the source says, and besides where they are asked for.
   *
   * @param picture not kept
   */
  void encode(I420Picture picture, PictureKind asked, long millis) throws InterruptedException;

  /** Puts out what is still held back. */
  @Override
  void close();

  static SceneEncoder of(Source.Drawn source, Output out) {
    if (source.coding().needsProgram()) {
      return new ProgramEncoder(source, out);
    }
    return new LibraryEncoder(source, out);
  }

  /** H.264 at once, by the library. */
  final class LibraryEncoder implements SceneEncoder {
    private final H264Encoder encoder;
    private final int gopFrames;
    private final Output out;
    private int sinceKeyframe;

    LibraryEncoder(Source.Drawn source, Output out) {
      this.encoder =
          new H264Encoder(
              new H264Encoder.Settings(
                  source.width(), source.height(), source.frameRate(), source.bitRate()));
      this.gopFrames = source.gopFrames();
      this.out = out;
    }

    @Override
    public void encode(I420Picture picture, PictureKind asked, long millis) {
      if (asked == PictureKind.KEYFRAME || sinceKeyframe >= gopFrames) {
        sinceKeyframe = 0;
      }
      PictureKind kind = sinceKeyframe == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
      out.encoded(encoder.encode(picture, kind), millis);
      sinceKeyframe++;
    }

    @Override
    public void close() {
      encoder.close();
    }
  }
}
