package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.TerminalTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Writes alarms as additional items of a location report (T/JSATL 12-2017 section 4.4, T/GDRTA
 * 002-2020).
 */
final class AlarmItems {
  private static final int POSITIONED_WITH_ACC = 0x0401;
  private static final int FAST = 50;
  private static final int MOST_BYTES = 255;
  private static final int WHEELS = 4;

  private AlarmItems() {}

  /**
   * @param terminalId its last digits are taken, as many as there is room for
   */
  static AlarmIdentifier identifier(
      SafetyVariant variant, String terminalId, TerminalTime time, int sequence, int attachments) {
    ByteBuffer out = ByteBuffer.allocate(variant.identifierBytes());
    int room = variant.terminalIdBytes();
    String last = terminalId.substring(Math.max(0, terminalId.length() - room));
    out.put(Arrays.copyOf(last.getBytes(StandardCharsets.US_ASCII), room));
    time(out, time);
    out.put((byte) sequence).put((byte) attachments);
    return new AlarmIdentifier(Bytes.of(out.array()));
  }

  /**
   * @param id counts all alarms of the terminal
   * @param state 0 a single event, 1 begin, 2 end
   */
  static LocationItem item(
      AlarmKind kind, long id, int state, Location at, AlarmIdentifier identifier, Random random) {
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    out.putInt((int) id).put((byte) state);
    switch (kind.family()) {
      case ADAS -> adas(out, kind.code(), at, random);
      case DSM -> dsm(out, kind.code(), at, random);
      case BSD -> out.put((byte) kind.code());
      case DRIVING -> driving(out, kind.code(), random);
      case TPMS -> {
        // Its wheels stand behind the place.
      }
      case FLAG, VIDEO -> throw new IllegalArgumentException(kind + " has no item of its own");
    }
    place(out, at);
    out.put(identifier.raw().toArray());
    if (kind.family() == AlarmFamily.TPMS) {
      wheels(out, identifier.variant(), kind.code(), random);
    }
    return new LocationItem(kind.family().item(), Bytes.of(out.array(), 0, out.position()));
  }

  private static int level(Location at) {
    return at.speedTenths() / 10 > FAST ? 2 : 1;
  }

  private static void adas(ByteBuffer out, int type, Location at, Random random) {
    boolean ahead = type == 1 || type == 2;
    boolean near = ahead || type == 4;
    boolean sign = type == 6 || type == 16;
    out.put((byte) type).put((byte) level(at));
    out.put((byte) (ahead ? Math.max(0, at.speedTenths() / 10 - 10 - random.nextInt(10)) : 0));
    out.put((byte) (near ? 6 + random.nextInt(20) : 0));
    out.put((byte) (type == 2 ? 1 + random.nextInt(2) : 0));
    out.put((byte) (sign ? 1 : 0)).put((byte) (sign ? 40 : 0));
  }

  private static void dsm(ByteBuffer out, int type, Location at, Random random) {
    out.put((byte) type).put((byte) level(at));
    out.put((byte) (type == 1 ? 4 + random.nextInt(6) : 0)).putInt(0);
  }

  private static void driving(ByteBuffer out, int type, Random random) {
    out.put((byte) type).putShort((short) 3);
    out.putShort((short) (type <= 3 ? 40 + random.nextInt(20) : 80));
    out.putShort((short) (type <= 3 ? 0 : 3200));
  }

  private static void place(ByteBuffer out, Location at) {
    out.put((byte) (at.speedTenths() / 10)).putShort((short) at.altitude());
    out.putInt((int) at.latitudeMicros()).putInt((int) at.longitudeMicros());
    time(out, at.time());
    out.putShort((short) POSITIONED_WITH_ACC);
  }

  private static void time(ByteBuffer out, TerminalTime time) {
    out.putShort((short) (time.bcd() >>> 32)).putInt((int) time.bcd());
  }

  /** Position, alarms, kPa, degrees, percent; one of them is not well. */
  private static void wheels(ByteBuffer out, SafetyVariant variant, int bit, Random random) {
    int bad = random.nextInt(WHEELS);
    out.put((byte) WHEELS);
    for (int wheel = 0; wheel < WHEELS; wheel++) {
      boolean ill = wheel == bad;
      int pressure = ill && bit == 1 ? 1050 : ill && (bit == 2 || bit == 6) ? 520 : 830;
      switch (variant) {
        case SU -> out.put((byte) wheel);
        case YUE -> out.putShort((short) wheel);
      }
      out.putShort((short) (ill ? 1 << bit : 0)).putShort((short) pressure);
      out.putShort((short) (ill && bit == 3 ? 92 : 41));
      out.putShort((short) (ill && bit == 7 ? 6 : 88));
    }
  }
}
