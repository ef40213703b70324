package io.roadcast.jtt.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Writes one frame: header, body, check code, escaped, between two 0x7e. */
public final class Jt808FrameEncoder {
  private static final byte DELIMITER = 0x7e;
  private static final byte ESCAPE = 0x7d;

  private Jt808FrameEncoder() {}

  /**
   * The frame as it goes on the wire.
   *
   * @param header its body length and flags are set from the body, the phone's width and the
   *     package total
   * @throws IllegalArgumentException if the body is longer than 1023 bytes
   */
  public static Bytes encode(Jt808Header header, Bytes body) {
    byte[] frame = plain(header, body);
    int escapes = 0;
    for (byte value : frame) {
      if (value == DELIMITER || value == ESCAPE) {
        escapes++;
      }
    }
    byte[] wire = new byte[frame.length + escapes + 2];
    int at = 0;
    wire[at++] = DELIMITER;
    for (byte value : frame) {
      if (value == DELIMITER || value == ESCAPE) {
        wire[at++] = ESCAPE;
        wire[at++] = (byte) (value == DELIMITER ? 2 : 1);
      } else {
        wire[at++] = value;
      }
    }
    wire[at] = DELIMITER;
    return Bytes.wrap(wire);
  }

  private static byte[] plain(Jt808Header header, Bytes body) {
    int attributes = attributes(header, body);
    int length = Jt808Header.length(attributes) + body.length() + 1;
    byte[] frame = new byte[length];
    ByteBuf out = Unpooled.wrappedBuffer(frame).writerIndex(0);
    out.writeShort(header.messageId()).writeShort(attributes);
    if ((attributes & Jt808Header.HEADER_OF_2019) != 0) {
      out.writeByte(header.protocolRevision());
    }
    header.phone().raw().writeTo(out);
    out.writeShort(header.serial());
    if ((attributes & Jt808Header.SUB_PACKAGED) != 0) {
      out.writeShort(header.packageTotal()).writeShort(header.packageIndex());
    }
    body.writeTo(out);
    frame[length - 1] = (byte) FrameReading.checkCode(Bytes.wrap(frame), length - 1);
    return frame;
  }

  private static int attributes(Jt808Header header, Bytes body) {
    if (body.length() > Jt808Header.MAX_BODY_BYTES) {
      throw new IllegalArgumentException("a body of " + body.length() + " bytes in one frame");
    }
    int kept =
        header.attributes()
            & (Jt808Header.RESERVED | Jt808Header.ENCRYPTION_MASK << Jt808Header.ENCRYPTION_SHIFT);
    boolean of2019 = header.phone().raw().length() == ProtocolVersion.V2019.phoneBytes();
    return kept
        | (of2019 ? Jt808Header.HEADER_OF_2019 : 0)
        | (header.subPackaged() || header.packageTotal() > 0 ? Jt808Header.SUB_PACKAGED : 0)
        | body.length();
  }
}
