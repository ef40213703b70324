package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.SoundTranscoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One stream's sound in a child. */
final class ChildSound implements ChildJob, SoundTranscoder.Output {
  private final SoundJob spec;
  private final Output out;
  private @Nullable SoundTranscoder transcoder;
  private @Nullable IOException broken;

  ChildSound(SoundJob spec, Output out) {
    this.spec = spec;
    this.out = out;
  }

  @Override
  public void accept(byte[] media, long waitedNanos) throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(media);
    long stampMicros = frame.getLong();
    try {
      SoundTranscoder used = transcoder;
      if (used == null) {
        used = new SoundTranscoder(spec.source(), spec.target(), spec.bitRate(), this);
        transcoder = used;
      }
      used.accept(frame, stampMicros);
    } catch (RuntimeException failed) {
      // The next frame begins with a fresh one.
      System.err.println("sound: " + failed);
      out.damaged();
      close();
    }
    if (broken != null) {
      throw broken;
    }
  }

  @Override
  public void block(long timeMicros, byte[] payload) {
    byte[] media = new byte[Long.BYTES + payload.length];
    ByteBuffer.wrap(media).putLong(timeMicros).put(payload);
    try {
      out.made(media);
    } catch (IOException gone) {
      broken = gone;
    }
  }

  @Override
  public void damaged() {
    out.damaged();
  }

  @Override
  public void close() {
    if (transcoder != null) {
      transcoder.close();
      transcoder = null;
    }
  }
}
