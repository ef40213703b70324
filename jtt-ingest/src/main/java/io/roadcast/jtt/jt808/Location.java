package io.roadcast.jtt.jt808;

/**
 * The 28 bytes with which every location report begins (JT/T 808, 0x0200).
 *
 * @param alarms bits, see {@link AlarmFlag}
 * @param status bits, see {@link StatusFlag}
 * @param latitudeMicros millionths of a degree without sign, which is in the status
 * @param longitudeMicros millionths of a degree without sign, which is in the status
 * @param altitude metres
 * @param speedTenths tenths of a km/h
 * @param direction degrees, 0 is north, clockwise
 * @param time by the terminal's clock
 */
public record Location(
    long alarms,
    long status,
    long latitudeMicros,
    long longitudeMicros,
    int altitude,
    int speedTenths,
    int direction,
    TerminalTime time) {
  static final int BYTES = 28;

  private static final double MICROS = 1e6;

  static Location read(BodyReader in) throws MalformedMessageException {
    return new Location(
        in.u32(), in.u32(), in.u32(), in.u32(), in.u16(), in.u16(), in.u16(), in.time());
  }

  void write(BodyWriter out) {
    out.u32(alarms).u32(status).u32(latitudeMicros).u32(longitudeMicros);
    out.u16(altitude).u16(speedTenths).u16(direction).time(time);
  }

  /** Degrees, south is negative. */
  public double latitude() {
    return (StatusFlag.SOUTH.in(status) ? -latitudeMicros : latitudeMicros) / MICROS;
  }

  /** Degrees, west is negative. */
  public double longitude() {
    return (StatusFlag.WEST.in(status) ? -longitudeMicros : longitudeMicros) / MICROS;
  }

  /** Kilometres per hour. */
  public double speed() {
    return speedTenths / 10.0;
  }

  /** Whether the terminal knew where it was; without, it repeats the last place or sends zeros. */
  public boolean positioned() {
    return StatusFlag.POSITIONED.in(status);
  }
}
