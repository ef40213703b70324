package io.roadcast.media;

/** A coding of one track, with the clock rate of its RTP timestamps in ticks per second. */
public enum Codec {
  H264(Medium.VIDEO, 90_000),
  H265(Medium.VIDEO, 90_000),
  /** G.711 A-law, 8 kHz mono (RFC 3551 section 4.5.14). */
  PCMA(Medium.AUDIO, 8_000),
  /** G.711 mu-law, 8 kHz mono (RFC 3551 section 4.5.14). */
  PCMU(Medium.AUDIO, 8_000),
  G726(Medium.AUDIO, 8_000),
  /** IMA ADPCM, 8 kHz mono, as JT/T 1078 payload type 26. */
  ADPCM(Medium.AUDIO, 8_000),
  AAC(Medium.AUDIO, 8_000),
  MP3(Medium.AUDIO, 90_000),
  AMR(Medium.AUDIO, 8_000),
  OPUS(Medium.AUDIO, 48_000),
  /** A coding that Roadcast can name neither as video nor as audio that it carries. */
  OTHER_VIDEO(Medium.VIDEO, 90_000),
  OTHER_AUDIO(Medium.AUDIO, 8_000);

  private final Medium medium;
  private final int clockRate;

  Codec(Medium medium, int clockRate) {
    this.medium = medium;
    this.clockRate = clockRate;
  }

  public Medium medium() {
    return medium;
  }

  /** RTP timestamp ticks per second. */
  public int clockRate() {
    return clockRate;
  }
}
