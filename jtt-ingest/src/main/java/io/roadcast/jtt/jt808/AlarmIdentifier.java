package io.roadcast.jtt.jt808;

/**
 * What joins an alarm to its files (T/JSATL 12 table 4-16): copied byte for byte into {@link
 * AttachmentUpload} and repeated by the terminal in {@link AttachmentList}.
 *
 * @param raw 16 bytes, 40 in the Guangdong standard
 */
public record AlarmIdentifier(Bytes raw) {
  public AlarmIdentifier {
    if (raw.length() != SafetyVariant.SU.identifierBytes()
        && raw.length() != SafetyVariant.YUE.identifierBytes()) {
      throw new IllegalArgumentException("neither 16 nor 40 bytes: " + raw);
    }
  }

  public SafetyVariant variant() {
    return raw.length() == SafetyVariant.SU.identifierBytes()
        ? SafetyVariant.SU
        : SafetyVariant.YUE;
  }

  public GbkText terminalId() {
    return new GbkText(raw.slice(0, variant().terminalIdBytes()));
  }

  public TerminalTime time() {
    long bcd = 0;
    for (int i = 0; i < 6; i++) {
      bcd = bcd << 8 | raw.at(variant().terminalIdBytes() + i);
    }
    return new TerminalTime(bcd);
  }

  /** Counts the alarms of one second, from 0. */
  public int sequence() {
    return raw.at(variant().terminalIdBytes() + 6);
  }

  /** How many files the alarm has. */
  public int attachments() {
    return raw.at(variant().terminalIdBytes() + 7);
  }

  /** The last bytes, of no meaning. */
  public Bytes reserved() {
    int from = variant().terminalIdBytes() + 8;
    return raw.slice(from, raw.length() - from);
  }
}
