package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an additional item of a location report means by JT/T 808 (2013 table 27, 2019 table 27) and
 * JT/T 1078 (table 13). Items of other ids, and of other lengths than the tables', are {@link Raw}.
 */
public sealed interface LocationItemValue {
  /** An item that no table describes. */
  record Raw(Bytes data) implements LocationItemValue {}

  /**
   * 0x01.
   *
   * @param tenths of a kilometre
   */
  record Mileage(long tenths) implements LocationItemValue {}

  /**
   * 0x02.
   *
   * @param tenths of a litre
   */
  record Fuel(int tenths) implements LocationItemValue {}

  /**
   * 0x03, by the driving recorder.
   *
   * @param tenths of a km/h
   */
  record RecorderSpeed(int tenths) implements LocationItemValue {}

  /** 0x04, an alarm that a person has to confirm. */
  record AlarmToConfirm(int alarm) implements LocationItemValue {}

  /**
   * 0x05.
   *
   * @param pascals one of each tyre, 0xFF for none
   */
  record TyrePressure(List<Integer> pascals) implements LocationItemValue {}

  /** 0x06, in the load compartment. */
  record CompartmentTemperature(int celsius) implements LocationItemValue {}

  /**
   * 0x11, too fast.
   *
   * @param areaType 0 nowhere special, 1 circle, 2 rectangle, 3 polygon, 4 section
   * @param area null where the type is 0
   */
  record Overspeed(int areaType, @Nullable Long area) implements LocationItemValue {}

  /**
   * 0x12, into or out of an area or route.
   *
   * @param direction 0 in, 1 out
   */
  record AreaCrossing(int areaType, long area, int direction) implements LocationItemValue {}

  /**
   * 0x13, too quick or too slow on a section.
   *
   * @param result 0 too short, 1 too long
   */
  record SectionTime(long section, int seconds, int result) implements LocationItemValue {}

  /**
   * 0x14.
   *
   * @param bits see {@link VideoAlarmFlag}
   */
  record VideoAlarms(long bits) implements LocationItemValue {}

  /**
   * 0x15.
   *
   * @param channels bit 0 is channel 1
   */
  record VideoSignalLost(long channels) implements LocationItemValue {}

  /**
   * 0x16.
   *
   * @param channels bit 0 is channel 1
   */
  record VideoCovered(long channels) implements LocationItemValue {}

  /**
   * 0x17.
   *
   * @param bits 0-11 main storage 1-12, 12-15 backup storage 1-4
   */
  record StorageFault(int bits) implements LocationItemValue {}

  /**
   * 0x18.
   *
   * @param bits 0 fatigue, 1 telephone, 2 smoking
   * @param fatigue 0-100; null where the terminal sends the short form
   */
  record AbnormalDriving(int bits, @Nullable Integer fatigue) implements LocationItemValue {}

  /**
   * 0x25.
   *
   * @param bits 0 low beam, 1 high beam, 2 right, 3 left, 4 brake, 5 reverse, 6 fog, 7 clearance, 8
   *     horn, 9 air conditioner, 10 neutral, 11 retarder, 12 ABS, 13 heater, 14 clutch
   */
  record VehicleSignals(long bits) implements LocationItemValue {}

  /**
   * 0x2A.
   *
   * @param bits 0 deep sleep, 1 sleep
   */
  record IoStatus(int bits) implements LocationItemValue {}

  /**
   * 0x2B.
   *
   * @param bits 0-15 first input, 16-31 second input
   */
  record Analogue(long bits) implements LocationItemValue {}

  /** 0x30, of the mobile network. */
  record SignalStrength(int value) implements LocationItemValue {}

  /** 0x31. */
  record Satellites(int count) implements LocationItemValue {}

  /** Reads an item; never fails. */
  static LocationItemValue of(LocationItem item) {
    try {
      BodyReader in = new BodyReader(item.data());
      LocationItemValue value = read(item.id(), item.data().length(), in);
      return value != null && in.isAtEnd() ? value : new Raw(item.data());
    } catch (MalformedMessageException tooShort) {
      return new Raw(item.data());
    }
  }

  private static @Nullable LocationItemValue read(int id, int length, BodyReader in)
      throws MalformedMessageException {
    return switch (id) {
      case 0x01 -> new Mileage(in.u32());
      case 0x02 -> new Fuel(in.u16());
      case 0x03 -> new RecorderSpeed(in.u16());
      case 0x04 -> new AlarmToConfirm(in.u16());
      case 0x05 -> length == 30 ? new TyrePressure(pressures(in)) : null;
      case 0x06 -> new CompartmentTemperature(celsius(in.u16()));
      case 0x11 -> new Overspeed(in.u8(), in.isAtEnd() ? null : in.u32());
      case 0x12 -> new AreaCrossing(in.u8(), in.u32(), in.u8());
      case 0x13 -> new SectionTime(in.u32(), in.u16(), in.u8());
      case 0x14 -> new VideoAlarms(in.u32());
      case 0x15 -> new VideoSignalLost(in.u32());
      case 0x16 -> new VideoCovered(in.u32());
      case 0x17 -> new StorageFault(in.u16());
      case 0x18 -> new AbnormalDriving(in.u16(), in.isAtEnd() ? null : in.u8());
      case 0x25 -> new VehicleSignals(in.u32());
      case 0x2A -> new IoStatus(in.u16());
      case 0x2B -> new Analogue(in.u32());
      case 0x30 -> new SignalStrength(in.u8());
      case 0x31 -> new Satellites(in.u8());
      default -> null;
    };
  }

  private static List<Integer> pressures(BodyReader in) throws MalformedMessageException {
    List<Integer> pressures = new ArrayList<>();
    while (!in.isAtEnd()) {
      pressures.add(in.u8());
    }
    return List.copyOf(pressures);
  }

  /**
   * The standard has a sign bit and a magnitude, terminals send two's complement: the one that is
   * nearer to zero is meant.
   */
  private static int celsius(int word) {
    int complement = (short) word;
    int magnitude = word & 0x7fff;
    return complement >= 0 ? complement : Math.max(complement, -magnitude);
  }
}
