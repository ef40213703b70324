package io.roadcast.jtt.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A frame as the other side of the wire sees it, written and read without the product's own code.
 *
 * @param phone all digits, 12 or 20
 * @param part total and index of a package; both 0 for a message in one frame
 */
record WireMessage(int id, String phone, int serial, byte[] body, int total, int index) {
  static WireMessage of(int id, String phone, int serial, String bodyHex) {
    return new WireMessage(id, phone, serial, HexFormat.of().parseHex(bodyHex), 0, 0);
  }

  /** Between two 0x7e, escaped. */
  byte[] frame() {
    boolean of2019 = phone.length() == 20;
    ByteBuffer plain = ByteBuffer.allocate(30 + body.length);
    int attributes = body.length | (of2019 ? 1 << 14 : 0) | (total > 0 ? 1 << 13 : 0);
    plain.putShort((short) id).putShort((short) attributes);
    if (of2019) {
      plain.put((byte) 1);
    }
    plain.put(HexFormat.of().parseHex(phone)).putShort((short) serial);
    if (total > 0) {
      plain.putShort((short) total).putShort((short) index);
    }
    plain.put(body);
    byte check = 0;
    for (int i = 0; i < plain.position(); i++) {
      check ^= plain.get(i);
    }
    plain.put(check).flip();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x7e);
    while (plain.hasRemaining()) {
      int value = plain.get() & 0xff;
      if (value == 0x7e || value == 0x7d) {
        out.write(0x7d);
        out.write(value == 0x7e ? 2 : 1);
      } else {
        out.write(value);
      }
    }
    out.write(0x7e);
    return out.toByteArray();
  }

  /** Reads what stood between two 0x7e. */
  static WireMessage read(byte[] escaped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length; i++) {
      out.write(escaped[i] == 0x7d ? (escaped[++i] == 1 ? 0x7d : 0x7e) : escaped[i]);
    }
    ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
    byte check = 0;
    for (byte value : in.array()) {
      check ^= value;
    }
    if (check != 0) {
      throw new AssertionError("check code of " + HexFormat.of().formatHex(escaped));
    }
    int id = in.getShort() & 0xffff;
    int attributes = in.getShort() & 0xffff;
    boolean of2019 = (attributes & 1 << 14) != 0;
    if (of2019) {
      in.get();
    }
    byte[] phone = new byte[of2019 ? 10 : 6];
    in.get(phone);
    int serial = in.getShort() & 0xffff;
    boolean parted = (attributes & 1 << 13) != 0;
    int total = parted ? in.getShort() & 0xffff : 0;
    int index = parted ? in.getShort() & 0xffff : 0;
    byte[] body = new byte[attributes & 0x3ff];
    in.get(body);
    return new WireMessage(id, HexFormat.of().formatHex(phone), serial, body, total, index);
  }

  String bodyHex() {
    return HexFormat.of().formatHex(body);
  }

  @Override
  public String toString() {
    return String.format("%04x #%d %s", id, serial, bodyHex());
  }
}
