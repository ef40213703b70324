package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.ffmpeg.SoundConversion;
import io.roadcast.media.ffmpeg.SoundTranscoder;
import java.nio.ByteBuffer;

/**
 * One stream's sound to be brought into another codec.
 *
 * @param target PCMA, PCMU or OPUS
 * @param bitRate of Opus, bits per second
 */
record SoundJob(SoundCoding source, Codec target, int bitRate) implements JobSpec {
  static final byte KIND = 1;

  /** What {@link #write} writes. */
  static final int CODING_BYTES = 4 * Integer.BYTES;

  SoundConversion begin(SoundConversion.Output out) {
    return new SoundTranscoder(source, target, bitRate, out);
  }

  @Override
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + CODING_BYTES + 2 * Integer.BYTES).put(KIND);
    write(source, out);
    return out.putInt(target.ordinal()).putInt(bitRate).array();
  }

  static SoundJob of(ByteBuffer in) {
    return new SoundJob(coding(in), Codec.values()[in.getInt()], in.getInt());
  }

  static void write(SoundCoding coding, ByteBuffer out) {
    out.putInt(coding.codec().ordinal())
        .putInt(coding.sampleRate())
        .putInt(coding.bits())
        .putInt(coding.packing().ordinal());
  }

  static SoundCoding coding(ByteBuffer in) {
    return new SoundCoding(
        Codec.values()[in.getInt()],
        in.getInt(),
        in.getInt(),
        SoundCoding.Packing.values()[in.getInt()]);
  }
}
