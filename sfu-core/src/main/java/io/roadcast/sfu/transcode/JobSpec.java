package io.roadcast.sfu.transcode;

import java.nio.ByteBuffer;

/** What a child is to do of one stream, or of one talker. */
sealed interface JobSpec permits SoundJob, PictureJob, TalkJob {
  /** For a child: a byte that says which kind it is, and the rest. */
  byte[] toBytes();

  static JobSpec of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.get();
    return switch (kind) {
      case SoundJob.KIND -> SoundJob.of(in);
      case PictureJob.KIND -> PictureJob.of(in);
      case TalkJob.KIND -> TalkJob.of(in);
      default -> throw new IllegalArgumentException("a job of kind " + kind);
    };
  }
}
