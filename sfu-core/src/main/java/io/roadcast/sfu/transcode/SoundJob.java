package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.nio.ByteBuffer;

/**
 * One stream's sound to be brought into another codec.
 *
 * @param target PCMA, PCMU or OPUS
 * @param bitRate of Opus, bits per second
 */
record SoundJob(SoundCoding source, Codec target, int bitRate) implements JobSpec {
  static final byte KIND = 1;

  @Override
  public byte[] toBytes() {
    return ByteBuffer.allocate(25)
        .put(KIND)
        .putInt(source.codec().ordinal())
        .putInt(source.sampleRate())
        .putInt(source.bits())
        .putInt(source.packing().ordinal())
        .putInt(target.ordinal())
        .putInt(bitRate)
        .array();
  }

  static SoundJob of(ByteBuffer in) {
    SoundCoding source =
        new SoundCoding(
            Codec.values()[in.getInt()],
            in.getInt(),
            in.getInt(),
            SoundCoding.Packing.values()[in.getInt()]);
    return new SoundJob(source, Codec.values()[in.getInt()], in.getInt());
  }
}
