package io.roadcast.jtt.jt808;

/**
 * 0x1206, from the terminal: an upload by FTP is at its end (JT/T 1078).
 *
 * @param replySerial serial number of the {@link FtpUpload}
 * @param result 0 success, 1 failure
 */
public record FtpUploadResult(int replySerial, int result) implements Jt808Message {
  public static final int ID = 0x1206;

  static final MessageCodec<FtpUploadResult> CODEC =
      MessageCodec.of(ID, FtpUploadResult.class, FtpUploadResult::read, FtpUploadResult::write);

  @Override
  public int id() {
    return ID;
  }

  private static FtpUploadResult read(BodyReader in) throws MalformedMessageException {
    return new FtpUploadResult(in.u16(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u8(result);
  }
}
