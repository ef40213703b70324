package io.roadcast.jtt.jt808;

/**
 * 0x9208, to the terminal: send the files of an alarm to a server (T/JSATL 12).
 *
 * @param address name or IP address of the server
 * @param tcpPort 0 if TCP is not to be used
 * @param udpPort 0 if UDP is not to be used
 * @param alarm as the alarm had it
 * @param alarmNumber given by the platform, 32 letters and digits
 * @param reserved 16 bytes
 */
public record AttachmentUpload(
    GbkText address,
    int tcpPort,
    int udpPort,
    AlarmIdentifier alarm,
    GbkText alarmNumber,
    Bytes reserved)
    implements Jt808Message {
  public static final int ID = 0x9208;

  static final MessageCodec<AttachmentUpload> CODEC =
      MessageCodec.of(ID, AttachmentUpload.class, AttachmentUpload::read, AttachmentUpload::write);

  @Override
  public int id() {
    return ID;
  }

  private static final int NUMBER_BYTES = 32;
  private static final int RESERVED_BYTES = 16;

  private static AttachmentUpload read(BodyReader in) throws MalformedMessageException {
    return new AttachmentUpload(
        in.sizedText(),
        in.u16(),
        in.u16(),
        alarm(in),
        in.text(NUMBER_BYTES),
        in.bytes(RESERVED_BYTES));
  }

  private static AlarmIdentifier alarm(BodyReader in) throws MalformedMessageException {
    int room = in.remaining() - NUMBER_BYTES - RESERVED_BYTES;
    SafetyVariant variant =
        room >= SafetyVariant.YUE.identifierBytes() ? SafetyVariant.YUE : SafetyVariant.SU;
    return new AlarmIdentifier(in.bytes(variant.identifierBytes()));
  }

  private void write(BodyWriter out) {
    out.sizedText(address).u16(tcpPort).u16(udpPort).bytes(alarm.raw());
    out.text(alarmNumber, NUMBER_BYTES).bytes(reserved, RESERVED_BYTES);
  }
}
