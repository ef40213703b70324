package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.SoundConversion;
import io.roadcast.media.ffmpeg.TalkTranscoder;
import java.nio.ByteBuffer;

/**
 * What somebody says, to be brought into what a camera plays.
 *
 * @param talker OPUS, PCMA or PCMU
 */
record TalkJob(Codec talker, CameraSound camera) implements JobSpec {
  static final byte KIND = 3;

  SoundConversion begin(SoundConversion.Output out) {
    return new TalkTranscoder(talker, camera, out);
  }

  @Override
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + SoundJob.CODING_BYTES + 3 * Integer.BYTES).put(KIND);
    SoundJob.write(camera.coding(), out);
    return out.putInt(camera.framing().ordinal())
        .putInt(camera.blockMillis())
        .putInt(talker.ordinal())
        .array();
  }

  static TalkJob of(ByteBuffer in) {
    CameraSound camera =
        new CameraSound(SoundJob.coding(in), SoundFraming.values()[in.getInt()], in.getInt());
    return new TalkJob(Codec.values()[in.getInt()], camera);
  }
}
