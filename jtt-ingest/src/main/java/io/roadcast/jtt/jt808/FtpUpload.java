package io.roadcast.jtt.jt808;

/**
 * 0x9206, to the terminal: upload recordings by FTP (JT/T 1078); {@link FtpUploadResult} follows
 * when that has ended.
 *
 * @param address name or IP address of the FTP server
 * @param channel logical channel
 * @param alarms bits 0-31 the alarm flags of JT/T 808, 32-63 those of item 0x14; 0 for any
 * @param media 0 sound and video, 1 sound, 2 video, 3 video or sound and video
 * @param stream 0 any, 1 main, 2 sub; not the numbers of {@link LiveRequest}
 * @param storage 0 any, 1 main, 2 backup
 * @param conditions bit 0 over Wi-Fi, 1 over LAN, 2 over the mobile network
 */
public record FtpUpload(
    GbkText address,
    int port,
    GbkText user,
    GbkText password,
    GbkText path,
    int channel,
    TerminalTime from,
    TerminalTime to,
    long alarms,
    int media,
    int stream,
    int storage,
    int conditions)
    implements Jt808Message {
  public static final int ID = 0x9206;

  static final MessageCodec<FtpUpload> CODEC =
      MessageCodec.of(ID, FtpUpload.class, FtpUpload::read, FtpUpload::write);

  @Override
  public int id() {
    return ID;
  }

  private static FtpUpload read(BodyReader in) throws MalformedMessageException {
    return new FtpUpload(
        in.sizedText(),
        in.u16(),
        in.sizedText(),
        in.sizedText(),
        in.sizedText(),
        in.u8(),
        in.time(),
        in.time(),
        in.u64(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.u8());
  }

  private void write(BodyWriter out) {
    out.sizedText(address)
        .u16(port)
        .sizedText(user)
        .sizedText(password)
        .sizedText(path)
        .u8(channel)
        .time(from)
        .time(to)
        .u64(alarms)
        .u8(media)
        .u8(stream)
        .u8(storage)
        .u8(conditions);
  }
}
