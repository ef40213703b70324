package io.roadcast.bench.sound;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.ffmpeg.SoundConversion;
import io.roadcast.media.ffmpeg.SoundTranscoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;

/** Processor time of decoding and encoding alone. */
final class TranscodingCost {
  private static final int BIT_RATE = 24_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private TranscodingCost() {}

  /** Milliseconds of processor time for each second of sound, in the second of two rounds. */
  static double milliPerSecond(SoundCoding coding, CodedSound sound, int seconds) {
    run(coding, sound);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    run(coding, sound);
    return (threads.getCurrentThreadCpuTime() - before) / NANOS_PER_MILLI / seconds;
  }

  private static void run(SoundCoding coding, CodedSound sound) {
    SoundConversion.Output nobody =
        new SoundConversion.Output() {
          @Override
          public void block(long timeMicros, byte[] payload) {
            // Made, which is what is measured.
          }

          @Override
          public void damaged() {
            throw new IllegalStateException("a frame of " + coding + " is damaged");
          }
        };
    try (SoundTranscoder transcoder = new SoundTranscoder(coding, Codec.OPUS, BIT_RATE, nobody)) {
      long stamp = 0;
      for (byte[] frame : sound.frames()) {
        transcoder.accept(ByteBuffer.wrap(frame), stamp);
        stamp += sound.frameMicros();
      }
    }
  }
}
