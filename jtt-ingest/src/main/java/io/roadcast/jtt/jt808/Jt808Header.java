package io.roadcast.jtt.jt808;

/**
 * The header of one frame (JT/T 808-2019 table 2). {@link Jt808FrameEncoder} fills in the body's
 * length and the flags that follow from the other components; encryption and the reserved bit are
 * written as they stand.
 *
 * @param messageId WORD
 * @param attributes WORD: bits 0-9 body length, 10-12 encryption, 13 sub-packaged, 14 header of
 *     2019, 15 reserved
 * @param protocolRevision BYTE, only in a header of 2019, else 0
 * @param phone its width tells the header's edition
 * @param serial WORD, counted by each side on its own
 * @param packageTotal how many parts the message has, 0 when it is not sub-packaged
 * @param packageIndex which part this is, from 1; 0 when it is not sub-packaged
 */
public record Jt808Header(
    int messageId,
    int attributes,
    int protocolRevision,
    TerminalPhone phone,
    int serial,
    int packageTotal,
    int packageIndex) {
  /** The most that one frame's body can hold. */
  public static final int MAX_BODY_BYTES = 0x3ff;

  /** Serial numbers are counted modulo this. */
  public static final int SERIALS = 0x10000;

  static final int SUB_PACKAGED = 1 << 13;
  static final int HEADER_OF_2019 = 1 << 14;
  static final int RESERVED = 1 << 15;
  static final int ENCRYPTION_SHIFT = 10;
  static final int ENCRYPTION_MASK = 0b111;
  private static final int FIRST_REVISION = 1;

  /** The header of a plain message in one frame. */
  public static Jt808Header of(int messageId, TerminalPhone phone, int serial) {
    boolean of2019 = phone.raw().length() == ProtocolVersion.V2019.phoneBytes();
    return new Jt808Header(
        messageId,
        of2019 ? HEADER_OF_2019 : 0,
        of2019 ? FIRST_REVISION : 0,
        phone,
        serial % SERIALS,
        0,
        0);
  }

  /** The header's own edition; one before 2019 is called 2013. */
  public ProtocolVersion version() {
    return (attributes & HEADER_OF_2019) != 0 ? ProtocolVersion.V2019 : ProtocolVersion.V2013;
  }

  /** Bytes of the body, before escaping. */
  public int bodyLength() {
    return attributes & MAX_BODY_BYTES;
  }

  /** 0 for none, bit 0 for RSA, others reserved. */
  public int encryption() {
    return attributes >> ENCRYPTION_SHIFT & ENCRYPTION_MASK;
  }

  /** Bit 15 of the attributes, of no meaning. */
  public int reservedBit() {
    return attributes >> 15 & 1;
  }

  /** Serial number of the message's first part, since parts have consecutive ones. */
  public int firstSerial() {
    return subPackaged() ? Math.floorMod(serial - (packageIndex - 1), SERIALS) : serial;
  }

  public boolean subPackaged() {
    return (attributes & SUB_PACKAGED) != 0;
  }

  /** Bytes of this header on the wire, before escaping. */
  public int length() {
    return length(attributes);
  }

  static int length(int attributes) {
    int plain = (attributes & HEADER_OF_2019) != 0 ? 17 : 12;
    return (attributes & SUB_PACKAGED) != 0 ? plain + 4 : plain;
  }

  /** The same for one part of a message whose first part has this header's serial number. */
  Jt808Header part(int index, int total) {
    return new Jt808Header(
        messageId,
        attributes | SUB_PACKAGED,
        protocolRevision,
        phone,
        (serial + index - 1) % SERIALS,
        total,
        index);
  }
}
