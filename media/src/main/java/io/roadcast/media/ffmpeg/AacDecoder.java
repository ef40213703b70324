package io.roadcast.media.ffmpeg;

import io.roadcast.media.audio.FrameHeader;
import io.roadcast.media.audio.FramePace;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * AAC with ADTS headers, which say everything, or without: then it is taken for mono AAC-LC, one
 * frame a time, whose sample rate follows from how often frames of 1024 samples come.
 */
final class AacDecoder implements SoundDecoder {
  private static final int SAMPLES = 1024;
  private static final int OBJECT_TYPE_LC = 2;
  private static final int MONO = 1;

  /** ISO/IEC 14496-3, table 1.18: the index says the rate. */
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000
  };

  private final int knownRate;
  private final FramePace pace = new FramePace();
  private @Nullable SoundDecoder framed;
  private @Nullable SoundDecoder raw;

  AacDecoder(SoundCoding coding) {
    this.knownRate = coding.sampleRate();
  }

  @Override
  public void decode(ByteBuffer frame, long stampMicros, Output out) {
    if (framed == null && raw == null && FrameHeader.ADTS.fits(frame)) {
      framed =
          new FramedSoundDecoder(
              FrameHeader.ADTS, new FfmpegSoundDecoder("aac", 0, 0, new byte[0]));
    }
    if (framed != null) {
      framed.decode(frame, stampMicros, out);
      return;
    }
    if (raw == null) {
      pace.add(SAMPLES, stampMicros);
      int rate = knownRate != 0 ? knownRate : rateOfPace();
      raw = rate == 0 ? null : new FfmpegSoundDecoder("aac", rate, 0, configuration(rate));
    }
    if (raw != null) {
      raw.decode(frame, stampMicros, out);
    }
  }

  private int rateOfPace() {
    return pace.perSecond() == 0 ? 0 : FramePace.nearest(pace.perSecond(), RATES);
  }

  /** AudioSpecificConfig, ISO/IEC 14496-3 section 1.6.2.1. */
  private static byte[] configuration(int rate) {
    int index = 0;
    while (RATES[index] != FramePace.nearest(rate, RATES)) {
      index++;
    }
    int bits = OBJECT_TYPE_LC << 11 | index << 7 | MONO << 3;
    return new byte[] {(byte) (bits >> 8), (byte) bits};
  }

  @Override
  public void close() {
    if (framed != null) {
      framed.close();
    }
    if (raw != null) {
      raw.close();
    }
  }
}
