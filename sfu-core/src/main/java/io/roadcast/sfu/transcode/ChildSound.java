package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.SoundConversion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream's or one talker's sound in a child. On a machine that is too slow some is left out
 * rather than heard late.
 */
final class ChildSound implements ChildJob, SoundConversion.Output {
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Function<SoundConversion.Output, SoundConversion> begin;
  private final Output out;
  private @Nullable SoundConversion conversion;
  private @Nullable IOException broken;

  /**
   * @param begin makes a fresh one, at first and after each failure
   */
  ChildSound(Function<SoundConversion.Output, SoundConversion> begin, Output out) {
    this.begin = begin;
    this.out = out;
  }

  @Override
  public void accept(byte[] media, long waitedNanos) throws IOException {
    if (waitedNanos > LATE_NANOS) {
      out.skipped();
      return;
    }
    ByteBuffer frame = ByteBuffer.wrap(media);
    long stampMicros = frame.getLong();
    try {
      SoundConversion used = conversion;
      if (used == null) {
        used = begin.apply(this);
        conversion = used;
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
    if (conversion != null) {
      conversion.close();
      conversion = null;
    }
  }
}
