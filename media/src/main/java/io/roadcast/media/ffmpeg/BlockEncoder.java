package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.G711;
import java.util.List;
import java.util.Map;

/** Encodes blocks of 20 ms, one payload each. One thread at a time. */
sealed interface BlockEncoder extends AutoCloseable {
  /** Samples per second that it takes. */
  int sampleRate();

  /** How much later sound comes out of the listener's decoder than its block's time says. */
  long delayMicros();

  /**
   * @param samples of 20 ms
   */
  byte[] encode(short[] samples);

  @Override
  void close();

  /**
   * An encoder for viewers.
   *
   * @param sourceRate of the sound at hand; the encoder takes it as it is where it can
   * @param bitRate for Opus, bits per second
   */
  static BlockEncoder of(Codec codec, int sourceRate, int bitRate) {
    return switch (codec) {
      case PCMA -> new Companding(G711.A_LAW);
      case PCMU -> new Companding(G711.MU_LAW);
      case OPUS -> new Opus(sourceRate, bitRate);
      default -> throw new IllegalArgumentException("no viewer takes sound in " + codec);
    };
  }

  /** G.711. */
  record Companding(G711 law) implements BlockEncoder {
    private static final int RATE = 8000;

    @Override
    public int sampleRate() {
      return RATE;
    }

    @Override
    public long delayMicros() {
      return 0;
    }

    @Override
    public byte[] encode(short[] samples) {
      return law.encode(samples);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** Opus (RFC 6716) by libopus, which takes the usual rates as they are. */
  final class Opus implements BlockEncoder {
    private static final int FULL_RATE = 48_000;

    private final int rate;
    private final FfmpegSoundEncoder encoder;

    Opus(int sourceRate, int bitRate) {
      rate =
          switch (sourceRate) {
            case 8_000, 12_000, 16_000, 24_000 -> sourceRate;
            default -> FULL_RATE;
          };
      encoder =
          new FfmpegSoundEncoder(
              "libopus",
              rate,
              bitRate,
              0,
              Map.of("frame_duration", "20", "application", "voip", "compression_level", "5"));
    }

    @Override
    public int sampleRate() {
      return rate;
    }

    @Override
    public long delayMicros() {
      return encoder.delaySamples() * 1_000_000L / rate;
    }

    @Override
    public byte[] encode(short[] samples) {
      List<SoundEncoder.Coded> coded = encoder.encode(samples);
      if (coded.size() != 1) {
        throw new FfmpegException(coded.size() + " packets of a block of 20 ms");
      }
      return coded.getFirst().bytes();
    }

    @Override
    public void close() {
      encoder.close();
    }
  }
}
