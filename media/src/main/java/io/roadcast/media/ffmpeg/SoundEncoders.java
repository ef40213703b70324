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
  private static final int USUAL_BIT_RATE = 32_000;
  private static final int AMR_BIT_RATE = 12_200;
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
      case PCMA -> new Samplewise(telephone, G711.A_LAW::encode);
      case PCMU -> new Samplewise(telephone, G711.MU_LAW::encode);
      case ADPCM -> new Samplewise(telephone, new AdpcmEncoder()::encode);
      case G726 -> g726(coding, telephone);
      case AAC -> new FfmpegSoundEncoder("aac", rate(coding), USUAL_BIT_RATE, 0, Map.of());
      case MP3 -> new FfmpegSoundEncoder("libmp3lame", rate(coding), USUAL_BIT_RATE, 0, Map.of());
      case AMR ->
          new FfmpegSoundEncoder("libopencore_amrnb", TELEPHONE_RATE, AMR_BIT_RATE, 0, Map.of());
      case OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO ->
          throw new IllegalArgumentException("no encoder for sound in " + coding.codec());
    };
  }

  private static SoundEncoder g726(SoundCoding coding, int blockSamples) {
    int bits = coding.bitsOrUsual();
    boolean highFirst = coding.packing() == SoundCoding.Packing.HIGH_FIRST;
    return new FfmpegSoundEncoder(
            highFirst ? "g726" : "g726le", TELEPHONE_RATE, bits * TELEPHONE_RATE, bits, Map.of())
        .inBlocksOf(blockSamples);
  }

  private static int rate(SoundCoding coding) {
    return coding.sampleRate() == 0 ? WIDE_RATE : coding.sampleRate();
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
