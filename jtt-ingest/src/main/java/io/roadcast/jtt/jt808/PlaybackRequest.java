package io.roadcast.jtt.jt808;

/**
 * 0x9201, to the terminal: play a recording of its own (JT/T 1078); {@link ResourceList} or {@link
 * TerminalAnswer} follows.
 *
 * @param address name or IP address of the server that receives
 * @param tcpPort 0 if TCP is not to be used
 * @param udpPort 0 if UDP is not to be used
 * @param channel logical channel
 * @param media 0 sound and video, 1 sound, 2 video, 3 video or sound and video
 * @param stream 0 any, 1 main, 2 sub; not the numbers of {@link LiveRequest}
 * @param storage 0 any, 1 main, 2 backup
 * @param mode 0 normal, 1 fast, 2 keyframes backwards, 3 keyframes, 4 a single frame
 * @param speed modes 1 and 2: 1 to 5 for 1, 2, 4, 8, 16 times; else 0
 * @param to {@link TerminalTime#NONE} for to the end
 */
public record PlaybackRequest(
    GbkText address,
    int tcpPort,
    int udpPort,
    int channel,
    int media,
    int stream,
    int storage,
    int mode,
    int speed,
    TerminalTime from,
    TerminalTime to)
    implements Jt808Message {
  public static final int ID = 0x9201;

  static final MessageCodec<PlaybackRequest> CODEC =
      MessageCodec.of(ID, PlaybackRequest.class, PlaybackRequest::read, PlaybackRequest::write);

  @Override
  public int id() {
    return ID;
  }

  private static PlaybackRequest read(BodyReader in) throws MalformedMessageException {
    return new PlaybackRequest(
        in.sizedText(),
        in.u16(),
        in.u16(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.time(),
        in.time());
  }

  private void write(BodyWriter out) {
    out.sizedText(address)
        .u16(tcpPort)
        .u16(udpPort)
        .u8(channel)
        .u8(media)
        .u8(stream)
        .u8(storage)
        .u8(mode)
        .u8(speed)
        .time(from)
        .time(to);
  }
}
