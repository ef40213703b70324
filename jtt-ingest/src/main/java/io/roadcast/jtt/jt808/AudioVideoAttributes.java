package io.roadcast.jtt.jt808;

/**
 * 0x1003, from the terminal: its sound and video formats (JT/T 1078).
 *
 * @param audioCodec payload type, JT/T 1078 table 12
 * @param sampleRate 0 8 kHz, 1 22.05 kHz, 2 44.1 kHz, 3 48 kHz
 * @param sampleBits 0 8 bits, 1 16 bits, 2 32 bits
 * @param audioOutput 1 if it can play sound
 * @param videoCodec payload type, JT/T 1078 table 12
 */
public record AudioVideoAttributes(
    int audioCodec,
    int audioChannels,
    int sampleRate,
    int sampleBits,
    int audioFrameBytes,
    int audioOutput,
    int videoCodec,
    int maxAudioChannels,
    int maxVideoChannels)
    implements Jt808Message {
  public static final int ID = 0x1003;

  static final MessageCodec<AudioVideoAttributes> CODEC =
      MessageCodec.of(
          ID, AudioVideoAttributes.class, AudioVideoAttributes::read, AudioVideoAttributes::write);

  @Override
  public int id() {
    return ID;
  }

  private static AudioVideoAttributes read(BodyReader in) throws MalformedMessageException {
    return new AudioVideoAttributes(
        in.u8(), in.u8(), in.u8(), in.u8(), in.u16(), in.u8(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(audioCodec)
        .u8(audioChannels)
        .u8(sampleRate)
        .u8(sampleBits)
        .u16(audioFrameBytes)
        .u8(audioOutput)
        .u8(videoCodec)
        .u8(maxAudioChannels)
        .u8(maxVideoChannels);
  }
}
