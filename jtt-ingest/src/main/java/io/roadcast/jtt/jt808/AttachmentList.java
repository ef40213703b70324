package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x1210, from the terminal to the attachment server: whose files follow, and which (T/JSATL 12).
 *
 * @param terminalId 7 bytes, 30 in the Guangdong standard
 * @param alarmNumber of the {@link AttachmentUpload}
 * @param kind 0 first upload, 1 continued after a broken connection: lists only what is missing
 */
public record AttachmentList(
    GbkText terminalId,
    AlarmIdentifier alarm,
    GbkText alarmNumber,
    int kind,
    List<AttachmentName> files)
    implements Jt808Message {
  public static final int ID = 0x1210;

  static final MessageCodec<AttachmentList> CODEC =
      MessageCodec.of(ID, AttachmentList.class, AttachmentList::read, AttachmentList::write);

  @Override
  public int id() {
    return ID;
  }

  private static final int NUMBER_BYTES = 32;

  public AttachmentList {
    files = List.copyOf(files);
  }

  private static AttachmentList read(BodyReader in) throws MalformedMessageException {
    SafetyVariant variant = variant(in.ahead());
    return new AttachmentList(
        in.text(variant.terminalIdBytes()),
        new AlarmIdentifier(in.bytes(variant.identifierBytes())),
        in.text(NUMBER_BYTES),
        in.u8(),
        in.list(in.u8(), AttachmentName::read));
  }

  /** Both variants are tried: the list of files has to end where the body ends. */
  private static SafetyVariant variant(Bytes body) throws MalformedMessageException {
    for (SafetyVariant variant : SafetyVariant.values()) {
      int list = variant.terminalIdBytes() + variant.identifierBytes() + NUMBER_BYTES + 1;
      if (list < body.length() && AttachmentName.fit(body.slice(list, body.length() - list))) {
        return variant;
      }
    }
    throw new MalformedMessageException(
        BodyFault.CONTRADICTORY_LENGTHS, "no list of files ends at " + body.length());
  }

  private void write(BodyWriter out) {
    out.text(terminalId, alarm.variant().terminalIdBytes()).bytes(alarm.raw());
    out.text(alarmNumber, NUMBER_BYTES).u8(kind).u8(files.size());
    out.list(files, AttachmentName::write);
  }
}
