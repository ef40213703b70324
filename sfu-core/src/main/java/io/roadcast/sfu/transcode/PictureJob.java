package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import java.nio.ByteBuffer;

/** One stream's pictures to be brought into H.264. */
record PictureJob(PictureTranscoder.Target target) implements JobSpec {
  static final byte KIND = 2;

  private static final int HEADER_BYTES = Long.BYTES + 1;
  private static final byte H265 = 1;
  private static final byte KEYFRAME = 2;
  private static final byte REFERENCE = 4;

  /**
   * An access unit on its way to a child.
   *
   * @param annexB its NAL units with start codes, the receiver's
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Unit(
      long timeMicros, Codec codec, boolean keyframe, PictureTranscoder.Use use, byte[] annexB) {
    static Unit of(byte[] media) {
      ByteBuffer in = ByteBuffer.wrap(media);
      long timeMicros = in.getLong();
      byte flags = in.get();
      byte[] annexB = new byte[in.remaining()];
      in.get(annexB);
      return new Unit(
          timeMicros,
          (flags & H265) == 0 ? Codec.H264 : Codec.H265,
          (flags & KEYFRAME) != 0,
          (flags & REFERENCE) == 0 ? PictureTranscoder.Use.SHOWN : PictureTranscoder.Use.REFERENCE,
          annexB);
    }
  }

  /**
   * An access unit for a child.
   *
   * @param annexB read, not changed, not kept
   */
  static byte[] unit(
      long timeMicros,
      Codec codec,
      boolean keyframe,
      PictureTranscoder.Use use,
      ByteBuffer annexB) {
    int flags =
        (codec == Codec.H265 ? H265 : 0)
            | (keyframe ? KEYFRAME : 0)
            | (use == PictureTranscoder.Use.REFERENCE ? REFERENCE : 0);
    byte[] media = new byte[HEADER_BYTES + annexB.remaining()];
    ByteBuffer.wrap(media).putLong(timeMicros).put((byte) flags).put(annexB.duplicate());
    return media;
  }

  /** A picture from a child. */
  static byte[] made(long timeMicros, EncodedPicture picture) {
    byte[] media = new byte[HEADER_BYTES + picture.annexB().length];
    ByteBuffer.wrap(media)
        .putLong(timeMicros)
        .put(picture.keyframe() ? KEYFRAME : 0)
        .put(picture.annexB());
    return media;
  }

  /** Whether the picture that a child made, after its time, is a keyframe; goes past that byte. */
  static boolean isKeyframe(ByteBuffer made) {
    return (made.get() & KEYFRAME) != 0;
  }

  @Override
  public byte[] toBytes() {
    return ByteBuffer.allocate(1 + 4 * Integer.BYTES + Long.BYTES)
        .put(KIND)
        .putInt(target.maxWidth())
        .putInt(target.maxHeight())
        .putInt(target.bitRate())
        .putInt(target.frameRate())
        .putLong(target.keyframeMicros())
        .array();
  }

  static PictureJob of(ByteBuffer in) {
    return new PictureJob(
        new PictureTranscoder.Target(
            in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getLong()));
  }
}
