package io.roadcast.jtt.jt808;

/**
 * 0x9207, to the terminal: pauses, continues or ends an upload (JT/T 1078).
 *
 * @param replySerial serial number of the {@link FtpUpload}
 * @param command 0 pause, 1 continue, 2 cancel
 */
public record FtpUploadControl(int replySerial, int command) implements Jt808Message {
  public static final int ID = 0x9207;

  static final MessageCodec<FtpUploadControl> CODEC =
      MessageCodec.of(ID, FtpUploadControl.class, FtpUploadControl::read, FtpUploadControl::write);

  @Override
  public int id() {
    return ID;
  }

  private static FtpUploadControl read(BodyReader in) throws MalformedMessageException {
    return new FtpUploadControl(in.u16(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u8(command);
  }
}
