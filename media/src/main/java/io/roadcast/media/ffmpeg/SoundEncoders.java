package io.roadcast.media.ffmpeg;

import io.roadcast.media.audio.AdpcmEncoder;
import io.roadcast.media.audio.G711;
import io.roadcast.media.audio.SoundCoding;
import java.util.List;
import java.util.Map;

/** The encoders of the codings that terminals use. */
public final class SoundEncoders {
  private static final int TELEPHONE_RATE = 8000;
  private static final int WIDE_RATE = 16_000;
  private static final int USUAL_G726_BITS = 3;
  private static final int USUAL_BIT_RATE = 32_000;
  private static final int MILLIS = 1000;

  private SoundEncoders() {}

  /**
   * An encoder of this coding; what the coding leaves open is as it is usual. AAC comes without
   * ADTS headers.
   *
   * @param blockMillis length of a block, where the codec does not have one of its own
   * @throws IllegalArgumentException if there is no encoder for it
   */
  public static SoundEncoder of(SoundCoding coding, int blockMillis) {
    int telephone = blockMillis * TELEPHONE_RATE / MILLIS;
    return switch (coding.codec()) {
      case PCMA -> new Samplewise(telephone, samples -> companded(G711.A_LAW, samples));
      case PCMU -> new Samplewise(telephone, samples -> companded(G711.MU_LAW, samples));
      case ADPCM -> new Samplewise(telephone, new AdpcmEncoder()::encode);
      case G726 -> g726(coding, telephone);
      case AAC -> new FfmpegSoundEncoder("aac", rate(coding), USUAL_BIT_RATE, 0, Map.of());
      case MP3 -> new FfmpegSoundEncoder("libmp3lame", rate(coding), USUAL_BIT_RATE, 0, Map.of());
      case AMR, OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO ->
          throw new IllegalArgumentException("no encoder for sound in " + coding.codec());
    };
  }

  private static SoundEncoder g726(SoundCoding coding, int blockSamples) {
    int bits = coding.bits() == 0 ? USUAL_G726_BITS : coding.bits();
    boolean highFirst = coding.packing() == SoundCoding.Packing.HIGH_FIRST;
    return new FfmpegSoundEncoder(
            highFirst ? "g726" : "g726le", TELEPHONE_RATE, bits * TELEPHONE_RATE, bits, Map.of())
        .inBlocksOf(blockSamples);
  }

  private static int rate(SoundCoding coding) {
    return coding.sampleRate() == 0 ? WIDE_RATE : coding.sampleRate();
  }

  private static byte[] companded(G711 law, short[] samples) {
    byte[] coded = new byte[samples.length];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = law.encode(samples[i]);
    }
    return coded;
  }

  /** A coding of 8000 samples a second without delay. */
  private static final class Samplewise implements SoundEncoder {
    private interface Coder {
      byte[] encode(short[] samples);
    }

    private final int blockSamples;
    private final Coder coder;
    private long samplesIn;

    Samplewise(int blockSamples, Coder coder) {
      this.blockSamples = blockSamples;
      this.coder = coder;
    }

    @Override
    public int sampleRate() {
      return TELEPHONE_RATE;
    }

    @Override
    public int blockSamples() {
      return blockSamples;
    }

    @Override
    public List<Coded> encode(short[] samples) {
      Coded coded = new Coded(samplesIn, coder.encode(samples));
      samplesIn += samples.length;
      return List.of(coded);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
