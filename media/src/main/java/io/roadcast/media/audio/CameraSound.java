package io.roadcast.media.audio;

/**
 * How a camera wants the sound that it is to play.
 *
 * @param coding PCMA, PCMU, G.726, ADPCM or AAC; what it leaves open is as it is usual
 * @param blockMillis length of a block; AAC has its own
 */
public record CameraSound(SoundCoding coding, SoundFraming framing, int blockMillis) {
  private static final int USUAL_MILLIS = 40;
  private static final int SHORTEST_MILLIS = 10;
  private static final int LONGEST_MILLIS = 100;

  /** Blocks of whole tens of milliseconds are whole bytes, and even ones, in every coding. */
  private static final int STEP_MILLIS = 10;

  private static final int ADPCM_STATE_BYTES = 4;

  public CameraSound {
    boolean aac = isAac(coding);
    if (!aac && bytesPerMilli(coding) == 0) {
      throw new IllegalArgumentException("no camera is sent sound in " + coding.codec());
    }
    if (blockMillis < SHORTEST_MILLIS || blockMillis > LONGEST_MILLIS) {
      throw new IllegalArgumentException("blocks of " + blockMillis + " ms");
    }
    boolean framed =
        switch (framing) {
          case NONE -> true;
          case ADTS -> aac;
          case HISILICON -> !aac && fitsHisilicon(codedBytes(coding, blockMillis));
        };
    if (!framed) {
      throw new IllegalArgumentException(
          coding.codec() + " of " + blockMillis + " ms has no header of " + framing);
    }
  }

  /**
   * In blocks about as long as a terminal says that its frames are (JT/T 1078, 0x1003): not longer,
   * except than 10 ms, and so that their header can say their length.
   *
   * @param frameBytes with headers or without; 0 if it does not say
   */
  public static CameraSound ofFrames(SoundCoding coding, SoundFraming framing, int frameBytes) {
    if (isAac(coding) || bytesPerMilli(coding) == 0 || frameBytes <= 0) {
      return new CameraSound(coding, framing, USUAL_MILLIS);
    }
    int millis = (frameBytes - stateBytes(coding)) / bytesPerMilli(coding);
    int whole = millis / STEP_MILLIS * STEP_MILLIS;
    int allowed = Math.clamp(whole, SHORTEST_MILLIS, LONGEST_MILLIS);
    while (framing == SoundFraming.HISILICON && !fitsHisilicon(codedBytes(coding, allowed))) {
      allowed -= STEP_MILLIS;
    }
    return new CameraSound(coding, framing, allowed);
  }

  private static boolean fitsHisilicon(int bytes) {
    return bytes % 2 == 0 && bytes <= SoundFraming.MAX_HISILICON_BYTES;
  }

  private static int codedBytes(SoundCoding coding, int millis) {
    return stateBytes(coding) + millis * bytesPerMilli(coding);
  }

  private static boolean isAac(SoundCoding coding) {
    return switch (coding.codec()) {
      case AAC -> true;
      case PCMA, PCMU, G726, ADPCM, MP3, AMR, OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO -> false;
    };
  }

  private static int stateBytes(SoundCoding coding) {
    return switch (coding.codec()) {
      case ADPCM -> ADPCM_STATE_BYTES;
      case PCMA, PCMU, G726, AAC, MP3, AMR, OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO -> 0;
    };
  }

  /** Of the codings of 8000 samples per second; 0 for others. */
  private static int bytesPerMilli(SoundCoding coding) {
    return switch (coding.codec()) {
      case PCMA, PCMU -> 8;
      case ADPCM -> 4;
      case G726 -> coding.bitsOrUsual();
      case AAC, MP3, AMR, OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO -> 0;
    };
  }
}
