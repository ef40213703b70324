package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/** Reads an unescaped frame without its delimiters: header, body, check code. */
final class FrameReading {
  private static final int CHECK_CODE_BYTES = 1;
  private static final int ATTRIBUTES_OFFSET = 2;

  private FrameReading() {}

  /** What is wrong with a frame, null if nothing is. */
  static @Nullable FrameFault fault(Bytes frame) {
    if (frame.length() < Jt808Header.length(0) + CHECK_CODE_BYTES) {
      return FrameFault.TRUNCATED_HEADER;
    }
    if (checkCode(frame, frame.length() - CHECK_CODE_BYTES) != frame.at(frame.length() - 1)) {
      return FrameFault.CHECK_CODE_MISMATCH;
    }
    int attributes = word(frame, ATTRIBUTES_OFFSET);
    int header = Jt808Header.length(attributes);
    if (frame.length() < header + CHECK_CODE_BYTES) {
      return FrameFault.TRUNCATED_HEADER;
    }
    int body = frame.length() - header - CHECK_CODE_BYTES;
    return body == (attributes & Jt808Header.MAX_BODY_BYTES)
        ? null
        : FrameFault.BODY_LENGTH_MISMATCH;
  }

  /** Reads a frame that has no fault. */
  static Jt808Frame read(Bytes frame) {
    Jt808Header header = header(frame);
    int at = header.length();
    return new Jt808Frame(
        header, frame.slice(at, header.bodyLength()), frame.at(frame.length() - 1));
  }

  private static Jt808Header header(Bytes frame) {
    int attributes = word(frame, ATTRIBUTES_OFFSET);
    boolean of2019 = (attributes & Jt808Header.HEADER_OF_2019) != 0;
    boolean subPackaged = (attributes & Jt808Header.SUB_PACKAGED) != 0;
    int phone = ATTRIBUTES_OFFSET + 2 + (of2019 ? 1 : 0);
    ProtocolVersion version = of2019 ? ProtocolVersion.V2019 : ProtocolVersion.V2013;
    int serial = phone + version.phoneBytes();
    return new Jt808Header(
        word(frame, 0),
        attributes,
        of2019 ? frame.at(phone - 1) : 0,
        new TerminalPhone(Bytes.wrap(frame.slice(phone, version.phoneBytes()).toArray())),
        word(frame, serial),
        subPackaged ? word(frame, serial + 2) : 0,
        subPackaged ? word(frame, serial + 4) : 0);
  }

  /** Exclusive or of the first bytes. */
  static int checkCode(Bytes frame, int count) {
    int code = 0;
    for (int i = 0; i < count; i++) {
      code ^= frame.at(i);
    }
    return code;
  }

  private static int word(Bytes frame, int offset) {
    return frame.at(offset) << 8 | frame.at(offset + 1);
  }
}
