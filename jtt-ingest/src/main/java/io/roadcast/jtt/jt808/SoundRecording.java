package io.roadcast.jtt.jt808;

/**
 * 0x8804, to the terminal: begin or end recording sound.
 *
 * @param command 1 begin, 0 end
 * @param durationSeconds 0 for without end
 * @param save 1 keep in the terminal, 0 send at once
 * @param sampleRate 0 8 kHz, 1 11 kHz, 2 23 kHz, 3 32 kHz
 */
public record SoundRecording(int command, int durationSeconds, int save, int sampleRate)
    implements Jt808Message {
  public static final int ID = 0x8804;

  static final MessageCodec<SoundRecording> CODEC =
      MessageCodec.of(ID, SoundRecording.class, SoundRecording::read, SoundRecording::write);

  @Override
  public int id() {
    return ID;
  }

  private static SoundRecording read(BodyReader in) throws MalformedMessageException {
    return new SoundRecording(in.u8(), in.u16(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(command).u16(durationSeconds).u8(save).u8(sampleRate);
  }
}
