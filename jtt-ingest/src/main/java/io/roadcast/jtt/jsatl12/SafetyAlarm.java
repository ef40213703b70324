package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.SafetyVariant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alarm of a safety peripheral, an additional item of a location report (T/JSATL 12 section
 * 4.4). The item's length tells the variant; what a type means depends on variant and province.
 */
public sealed interface SafetyAlarm {
  /** What all of them have. */
  AlarmHead head();

  AlarmPlace place();

  /**
   * 0x64, the driver assistance.
   *
   * @param level 1 or 2, 2 is more serious
   * @param speedAhead of the vehicle in front, km/h
   * @param timeAhead tenths of a second to what is in front
   * @param side of a lane departure: 1 left, 2 right
   * @param signType 1 speed limit, 2 height, 3 weight
   * @param signValue what the sign says
   */
  record Adas(
      AlarmHead head,
      int type,
      int level,
      int speedAhead,
      int timeAhead,
      int side,
      int signType,
      int signValue,
      AlarmPlace place)
      implements SafetyAlarm {}

  /**
   * 0x65, the driver.
   *
   * @param level 1 or 2, 2 is more serious
   * @param fatigue 1-10
   * @param reserved 4 bytes
   */
  record Dsm(AlarmHead head, int type, int level, int fatigue, Bytes reserved, AlarmPlace place)
      implements SafetyAlarm {}

  /**
   * 0x66, the tyres.
   *
   * @param wheelBytes of each wheel, 9 or 10
   */
  record Tpms(AlarmHead head, AlarmPlace place, int wheelBytes, List<Wheel> wheels)
      implements SafetyAlarm {}

  /**
   * 0x67, the blind areas.
   *
   * @param type 1 behind, 2 left behind, 3 right behind
   */
  record Bsd(AlarmHead head, int type, AlarmPlace place) implements SafetyAlarm {}

  /**
   * 0x70, aggressive driving; not in the text of 2017, seen from terminals.
   *
   * @param type 1 acceleration, 2 braking, 3 turn, 4 idling, 5 engine stop, 6 neutral, 7 engine
   *     speed
   * @param first types 1-3: 0.01 g; 4-7: km/h
   * @param second types 4-7: revolutions per minute
   */
  record AggressiveDriving(
      AlarmHead head, int type, int timeThreshold, int first, int second, AlarmPlace place)
      implements SafetyAlarm {}

  /** Reads an item; empty if it is none of these, or has another length. */
  static Optional<SafetyAlarm> of(LocationItem item) {
    for (SafetyVariant variant : SafetyVariant.values()) {
      try {
        BodyReader in = new BodyReader(item.data());
        SafetyAlarm alarm = read(item.id(), variant, in);
        if (alarm != null && in.isAtEnd()) {
          return Optional.of(alarm);
        }
      } catch (MalformedMessageException otherLength) {
        // The next variant has another length.
      }
    }
    return Optional.empty();
  }

  private static @Nullable SafetyAlarm read(int id, SafetyVariant variant, BodyReader in)
      throws MalformedMessageException {
    return switch (id) {
      case 0x64 ->
          new Adas(
              AlarmHead.read(in),
              in.u8(),
              in.u8(),
              in.u8(),
              in.u8(),
              in.u8(),
              in.u8(),
              in.u8(),
              AlarmPlace.read(in, variant));
      case 0x65 ->
          new Dsm(
              AlarmHead.read(in),
              in.u8(),
              in.u8(),
              in.u8(),
              in.bytes(4),
              AlarmPlace.read(in, variant));
      case 0x66 -> tpms(in, variant);
      case 0x67 -> new Bsd(AlarmHead.read(in), in.u8(), AlarmPlace.read(in, variant));
      case 0x70 ->
          new AggressiveDriving(
              AlarmHead.read(in),
              in.u8(),
              in.u16(),
              in.u16(),
              in.u16(),
              AlarmPlace.read(in, variant));
      default -> null;
    };
  }

  private static @Nullable SafetyAlarm tpms(BodyReader in, SafetyVariant variant)
      throws MalformedMessageException {
    AlarmHead head = AlarmHead.read(in);
    AlarmPlace place = AlarmPlace.read(in, variant);
    int count = in.u8();
    int size = count == 0 ? Wheel.usualBytes(variant) : in.remaining() / count;
    if (!Wheel.isSize(size) || in.remaining() != count * size) {
      return null;
    }
    return new Tpms(head, place, size, in.list(count, each -> Wheel.read(each, size)));
  }
}
