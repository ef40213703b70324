package io.roadcast.jtt.jt808;

/**
 * 0x9101, to the terminal: send live sound and video of a channel (JT/T 1078).
 *
 * @param address name or IP address of the server that receives
 * @param tcpPort 0 if TCP is not to be used
 * @param udpPort 0 if UDP is not to be used
 * @param channel logical channel
 * @param data 0 sound and video, 1 video, 2 talk, 3 listen, 4 broadcast, 5 transparent
 * @param stream 0 main, 1 sub
 */
public record LiveRequest(
    GbkText address, int tcpPort, int udpPort, int channel, int data, int stream)
    implements Jt808Message {
  public static final int ID = 0x9101;

  static final MessageCodec<LiveRequest> CODEC =
      MessageCodec.of(ID, LiveRequest.class, LiveRequest::read, LiveRequest::write);

  @Override
  public int id() {
    return ID;
  }

  private static LiveRequest read(BodyReader in) throws MalformedMessageException {
    return new LiveRequest(in.sizedText(), in.u16(), in.u16(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.sizedText(address).u16(tcpPort).u16(udpPort).u8(channel).u8(data).u8(stream);
  }
}
