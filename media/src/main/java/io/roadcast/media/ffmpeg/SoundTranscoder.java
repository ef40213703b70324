package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.BlockClock;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One track's sound into a coding that viewers take, in blocks of 20 ms. Frames come with the
 * stamps of their source; blocks leave with the times of a {@link BlockClock}, the encoder's delay
 * taken off, so that they are heard when they were spoken. One thread at a time.
 */
public final class SoundTranscoder implements SoundConversion {
  private static final int BLOCKS_PER_SECOND = 50;
  private static final long MICROS = 1_000_000;

  private final Codec target;
  private final int bitRate;
  private final SoundDecoder decoder;
  private final Output out;
  private final BlockClock clock = new BlockClock();
  private @Nullable BlockEncoder encoder;
  private @Nullable Resampler resampler;
  private int sourceRate;
  private short[] block = {};
  private int filled;
  private long cursorMicros;

  /**
   * @param target PCMA, PCMU or OPUS
   * @param bitRate of Opus
   * @throws IllegalArgumentException if one of the two codings is none of ours
   * @throws FfmpegException if FFmpeg lacks one
   */
  public SoundTranscoder(SoundCoding source, Codec target, int bitRate, Output out) {
    this.target = target;
    this.bitRate = bitRate;
    this.out = out;
    this.decoder = SoundDecoders.of(source);
  }

  @Override
  public void accept(ByteBuffer frame, long stampMicros) {
    cursorMicros = stampMicros;
    decoder.decode(
        frame,
        stampMicros,
        new SoundDecoder.Output() {
          @Override
          public void samples(short[] samples, int sampleRate) {
            decoded(samples, sampleRate);
          }

          @Override
          public void damaged() {
            out.damaged();
          }
        });
  }

  private void decoded(short[] samples, int sampleRate) {
    if (samples.length == 0) {
      return;
    }
    BlockEncoder to = encoderFor(sampleRate);
    long stampMicros = cursorMicros;
    cursorMicros += samples.length * MICROS / sampleRate;
    short[] fitting = samples;
    if (resampler != null) {
      stampMicros -= resampler.delayMicros();
      fitting = resampler.resample(samples);
    }
    long waitingMicros = filled * MICROS / to.sampleRate();
    if (clock.follow(stampMicros, waitingMicros) == BlockClock.Continuity.GAP) {
      filled = 0;
    }
    int at = 0;
    while (at < fitting.length) {
      int count = Math.min(fitting.length - at, block.length - filled);
      System.arraycopy(fitting, at, block, filled, count);
      at += count;
      filled += count;
      if (filled == block.length) {
        filled = 0;
        finishBlock(to);
      }
    }
  }

  private void finishBlock(BlockEncoder to) {
    if (clock.wantsBlock()) {
      out.block(clock.timeMicros() - to.delayMicros(), to.encode(block));
    }
    clock.nextBlock();
  }

  private BlockEncoder encoderFor(int sampleRate) {
    BlockEncoder present = encoder;
    if (present != null && sampleRate == sourceRate) {
      return present;
    }
    closeEncoder();
    BlockEncoder fresh = BlockEncoder.of(target, sampleRate, bitRate);
    encoder = fresh;
    sourceRate = sampleRate;
    resampler =
        fresh.sampleRate() == sampleRate ? null : new Resampler(sampleRate, fresh.sampleRate());
    block = new short[fresh.sampleRate() / BLOCKS_PER_SECOND];
    filled = 0;
    return fresh;
  }

  private void closeEncoder() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
    if (resampler != null) {
      resampler.close();
      resampler = null;
    }
  }

  @Override
  public void close() {
    decoder.close();
    closeEncoder();
  }
}
