package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says in a browser into what a camera plays: whole blocks with the header that the
 * camera wants, in the order of their times. Packets come with their RTP time, which is exact;
 * those that come too late are left out. What is missing for a short time is silence, since a
 * camera that runs dry crackles; a longer pause is one, and a block that it finds begun is filled
 * with silence and goes out. Less than a block may be kept back when it ends. One thread at a time.
 */
public final class TalkTranscoder implements SoundConversion {
  private static final long MICROS = 1_000_000;

  /** Times are rounded. */
  private static final long TOLERANCE_MICROS = 2_000;

  private static final long PAUSE_MICROS = 250_000;

  /** Whoever goes back further than this has begun anew. */
  private static final long RESTART_MICROS = 2 * MICROS;

  private final CameraSound camera;
  private final Output out;
  private final SoundDecoder decoder;
  private final SoundEncoder encoder;
  private final short[] block;
  private @Nullable Resampler resampler;
  private boolean begun;
  private long nextMicros;
  private long originMicros;
  private long samplesIn;
  private int filled;

  /**
   * @param talker OPUS, PCMA or PCMU
   * @throws IllegalArgumentException if the talker's codec is none of these
   * @throws FfmpegException if FFmpeg lacks one
   */
  public TalkTranscoder(Codec talker, CameraSound camera, Output out) {
    this.camera = camera;
    this.out = out;
    this.decoder = SoundDecoders.ofTalker(talker);
    this.encoder = SoundEncoders.of(camera.coding(), camera.blockMillis());
    this.block = new short[encoder.blockSamples()];
  }

  @Override
  public void accept(ByteBuffer packet, long stampMicros) {
    long ahead = stampMicros - nextMicros;
    boolean late = begun && ahead < -TOLERANCE_MICROS && ahead > -RESTART_MICROS;
    if (late) {
      return;
    }
    decoder.decode(
        packet,
        stampMicros,
        new SoundDecoder.Output() {
          private long micros = stampMicros;

          @Override
          public void samples(short[] samples, int sampleRate) {
            decoded(samples, sampleRate, micros);
            micros += samples.length * MICROS / sampleRate;
          }

          @Override
          public void damaged() {
            out.damaged();
          }
        });
  }

  private void decoded(short[] samples, int sampleRate, long stampMicros) {
    long ahead = stampMicros - nextMicros;
    if (!begun || Math.abs(ahead) > PAUSE_MICROS) {
      endBlock();
      begun = true;
      originMicros = stampMicros - samplesIn * MICROS / encoder.sampleRate();
    } else if (ahead > TOLERANCE_MICROS) {
      add(new short[(int) (ahead * sampleRate / MICROS)], sampleRate);
    }
    add(samples, sampleRate);
    nextMicros = stampMicros + samples.length * MICROS / sampleRate;
  }

  private void add(short[] samples, int sampleRate) {
    short[] fitting = samples;
    if (sampleRate != encoder.sampleRate()) {
      fitting = resamplerFrom(sampleRate).resample(samples);
    }
    int at = 0;
    while (at < fitting.length) {
      int count = Math.min(fitting.length - at, block.length - filled);
      System.arraycopy(fitting, at, block, filled, count);
      at += count;
      filled += count;
      if (filled == block.length) {
        encodeBlock();
      }
    }
  }

  private Resampler resamplerFrom(int sampleRate) {
    Resampler present = resampler;
    if (present != null && present.from() == sampleRate) {
      return present;
    }
    if (present != null) {
      present.close();
    }
    Resampler fresh = new Resampler(sampleRate, encoder.sampleRate());
    resampler = fresh;
    return fresh;
  }

  private void endBlock() {
    if (filled > 0) {
      Arrays.fill(block, filled, block.length, (short) 0);
      encodeBlock();
    }
  }

  private void encodeBlock() {
    filled = 0;
    samplesIn += block.length;
    for (SoundEncoder.Coded coded : encoder.encode(block)) {
      out.block(
          originMicros + coded.firstSample() * MICROS / encoder.sampleRate(),
          camera.framing().around(coded.bytes(), encoder.sampleRate()));
    }
  }

  @Override
  public void close() {
    decoder.close();
    encoder.close();
    if (resampler != null) {
      resampler.close();
    }
  }
}
