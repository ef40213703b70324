package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.TerminalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The vehicle's state around an alarm: blocks of 64 bytes in a {@code bin} file (T/JSATL 12 table
 * 4-24). A block's check code is the sum of the bytes before it.
 *
 * @param samples of the blocks that are sound, as they stand in the file
 * @param damaged blocks whose check code is wrong
 */
public record VehicleLog(List<Sample> samples, int damaged) {
  static final int BLOCK_BYTES = 64;
  private static final int LENGTH_BYTES = 63;
  private static final int RESERVED_BYTES = 2;

  /**
   * One moment.
   *
   * @param speed tenths of km/h
   * @param accelerations of x, y, z in 0.01 g, signed
   * @param rates of turning about x, y, z in 0.01 degrees per second, signed
   * @param pulseSpeed tenths of km/h, by the vehicle's sensor
   * @param obdSpeed tenths of km/h, by its bus
   * @param gear 0 neutral, 10 reverse, 11 park
   * @param throttle percent
   * @param brakePedal percent
   * @param brake 0 off, 1 on
   * @param engineSpeed revolutions per minute
   * @param steeringAngle degrees, clockwise positive
   * @param turnLight 1 left, 2 right
   */
  public record Sample(
      long index,
      long alarms,
      long status,
      long latitudeMicros,
      long longitudeMicros,
      int altitude,
      int speed,
      int direction,
      TerminalTime time,
      List<Integer> accelerations,
      List<Integer> rates,
      int pulseSpeed,
      int obdSpeed,
      int gear,
      int throttle,
      int brakePedal,
      int brake,
      int engineSpeed,
      int steeringAngle,
      int turnLight) {}

  public VehicleLog {
    samples = List.copyOf(samples);
  }

  /** Whether these bytes begin with a sound block. */
  static boolean isBlock(byte[] bytes) {
    return bytes.length >= BLOCK_BYTES && checked(Bytes.of(bytes, 0, BLOCK_BYTES));
  }

  private static boolean checked(Bytes block) {
    int sum = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      sum += block.at(i);
    }
    return (sum & 0xff) == block.at(LENGTH_BYTES);
  }

  /**
   * Reads a file; what is behind the last whole block counts as damaged.
   *
   * @param most samples
   */
  public static VehicleLog read(byte[] file, int most) {
    List<Sample> samples = new ArrayList<>();
    int damaged = file.length % BLOCK_BYTES == 0 ? 0 : 1;
    for (int at = 0; at + BLOCK_BYTES <= file.length && samples.size() < most; at += BLOCK_BYTES) {
      Bytes block = Bytes.of(file, at, BLOCK_BYTES);
      try {
        if (checked(block)) {
          samples.add(sample(new BodyReader(block)));
        } else {
          damaged++;
        }
      } catch (MalformedMessageException shorter) {
        throw new IllegalStateException("a block has 64 bytes", shorter);
      }
    }
    return new VehicleLog(samples, damaged);
  }

  private static Sample sample(BodyReader in) throws MalformedMessageException {
    in.u32(); // how many blocks there are; the file's length tells it
    Sample sample =
        new Sample(
            in.u32(),
            in.u32(),
            in.u32(),
            in.u32(),
            in.u32(),
            in.u16(),
            in.u16(),
            in.u16(),
            in.time(),
            in.list(3, VehicleLog::signed),
            in.list(3, VehicleLog::signed),
            in.u16(),
            in.u16(),
            in.u8(),
            in.u8(),
            in.u8(),
            in.u8(),
            in.u16(),
            signed(in),
            in.u8());
    in.bytes(RESERVED_BYTES);
    return sample;
  }

  private static int signed(BodyReader in) throws MalformedMessageException {
    return (short) in.u16();
  }
}
