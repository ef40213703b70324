package io.roadcast.bench.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Messages of a terminal with a number of 12 digits, JT/T 808-2013. */
final class TerminalFrame {
  static final int AUTHENTICATION = 0x0102;
  static final int HEARTBEAT = 0x0002;
  static final int LOCATION = 0x0200;
  private static final int DELIMITER = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int POSITION = 28;
  private static final int ALARM = 47;
  private static final int DRIVER_ALARM = 0x65;
  private static final int DISTRACTION = 4;
  private static final int LATITUDE = 22_540_000;
  private static final int LONGITUDE = 114_050_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

  private TerminalFrame() {}

  static byte[] authentication(String phone, int serial) {
    return frame(AUTHENTICATION, phone, serial, "code".getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] heartbeat(String phone, int serial) {
    return frame(HEARTBEAT, phone, serial, new byte[0]);
  }

  /**
   * @param mark told as the altitude, to know the report again
   */
  static byte[] location(String phone, int serial, int mark, Instant at) {
    ByteBuffer body = ByteBuffer.allocate(POSITION);
    position(body, mark, at);
    return frame(LOCATION, phone, serial, body.array());
  }

  private static void position(ByteBuffer body, int mark, Instant at) {
    body.putInt(0).putInt(3).putInt(LATITUDE).putInt(LONGITUDE);
    body.putShort((short) mark).putShort((short) 600).putShort((short) 90);
    body.put(HexFormat.of().parseHex(TIME.format(at)));
  }

  /**
   * A position with an alarm of the driver's monitor, T/JSATL 12: distraction, which has neither
   * beginning nor end, and no files.
   *
   * @param mark told as the altitude of both, and as the alarm's id
   */
  static byte[] alarm(String phone, int serial, int mark, Instant at) {
    byte[] time = HexFormat.of().parseHex(TIME.format(at));
    ByteBuffer body = ByteBuffer.allocate(POSITION + 2 + ALARM);
    position(body, mark, at);
    body.put((byte) DRIVER_ALARM).put((byte) ALARM);
    body.putInt(mark).put((byte) 0).put((byte) DISTRACTION).put((byte) 1).put((byte) 0);
    body.putInt(0).put((byte) 60).putShort((short) mark).putInt(LATITUDE).putInt(LONGITUDE);
    body.put(time).putShort((short) 1);
    body.put(phone.substring(phone.length() - 7).getBytes(StandardCharsets.US_ASCII));
    body.put(time).put((byte) mark).put((byte) 0).put((byte) 0);
    return frame(LOCATION, phone, serial, body.array());
  }

  private static byte[] frame(int id, String phone, int serial, byte[] body) {
    ByteBuffer plain = ByteBuffer.allocate(13 + body.length);
    plain.putShort((short) id).putShort((short) body.length);
    plain.put(HexFormat.of().parseHex(phone)).putShort((short) serial).put(body);
    byte check = 0;
    for (int i = 0; i < plain.position(); i++) {
      check ^= plain.get(i);
    }
    plain.put(check);
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.capacity() + 8);
    out.write(DELIMITER);
    for (byte each : plain.array()) {
      int value = Byte.toUnsignedInt(each);
      if (value == DELIMITER || value == ESCAPE) {
        out.write(ESCAPE);
        out.write(value == DELIMITER ? 2 : 1);
      } else {
        out.write(value);
      }
    }
    out.write(DELIMITER);
    return out.toByteArray();
  }
}
