package io.roadcast.recorder.record;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.G711;
import io.roadcast.media.ffmpeg.AacEncoder;
import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * A stream's G.711, or what was made into it, as AAC without holes: where the sound pauses for a
 * moment there is silence, and after longer pauses it is begun anew. One thread at a time.
 */
final class SoundTrack implements AutoCloseable {
  static final int SAMPLE_RATE = 8_000;
  private static final int BIT_RATE = 32_000;
  private static final int TOLERATED_SAMPLES = SAMPLE_RATE / 20;
  private static final int LONGEST_SILENCE = 10 * SAMPLE_RATE;

  /** Where frames go to. */
  interface Target {
    /**
     * @param samples when it begins on the stream's timeline, in samples
     */
    void sound(ByteBuffer frame, long samples);
  }

  private final AacEncoder encoder = new AacEncoder(SAMPLE_RATE, BIT_RATE);
  private short[] linear = new short[1024];
  private boolean started;

  /** Where the next sample that is given to the encoder stands on the stream's timeline. */
  private long nextSample;

  /** Where the next frame that comes out of it begins. */
  private long nextFrame;

  byte[] config() {
    return encoder.config();
  }

  /**
   * @param block of G.711, borrowed for the call
   * @return false if it is so far from what came before that a new track must begin
   */
  boolean accept(RtpBlock block, Target target) {
    long at = Math.floorDiv(block.timeMicros() * SAMPLE_RATE, 1_000_000L);
    if (!started) {
      started = true;
      nextSample = at;
      nextFrame = at - AacEncoder.DELAY_SAMPLES;
    }
    long ahead = at - nextSample;
    if (Math.abs(ahead) > LONGEST_SILENCE) {
      return false;
    }
    if (ahead > TOLERATED_SAMPLES) {
      encode(new short[(int) ahead], (int) ahead, target);
    }
    int count = block.payloadBytes();
    if (linear.length < count) {
      linear = new short[count];
    }
    G711 law = block.codec() == Codec.PCMA ? G711.A_LAW : G711.MU_LAW;
    for (int i = 0; i < count; i++) {
      linear[i] = law.decode(block.bytes().get(ValueLayout.JAVA_BYTE, i));
    }
    encode(linear, count, target);
    return true;
  }

  private void encode(short[] samples, int count, Target target) {
    nextSample += count;
    for (byte[] frame : encoder.encode(samples, count)) {
      target.sound(ByteBuffer.wrap(frame), nextFrame);
      nextFrame += AacEncoder.FRAME_SAMPLES;
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
