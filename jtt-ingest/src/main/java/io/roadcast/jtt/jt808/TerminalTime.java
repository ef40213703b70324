package io.roadcast.jtt.jt808;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A point in time as terminals write it: BCD[6] YYMMDDhhmmss, seconds, by the standard in Chinese
 * time. Kept as it came, since terminals also send zeros and impossible times.
 *
 * @param bcd the six bytes as a number, the year's first digit in bits 44-47
 */
public record TerminalTime(long bcd) {
  /** All zeros: no time. */
  public static final TerminalTime NONE = new TerminalTime(0);

  /** The zone of the standard. */
  public static final ZoneOffset STANDARD_ZONE = ZoneOffset.ofHours(8);

  private static final int CENTURY = 2000;

  public TerminalTime {
    if (bcd >>> 48 != 0) {
      throw new IllegalArgumentException("more than six bytes: " + Long.toHexString(bcd));
    }
  }

  /**
   * A time of the years 2000 to 2099; fractions of a second are cut off.
   *
   * @throws IllegalArgumentException if the year is another
   */
  public static TerminalTime of(LocalDateTime time) {
    int year = time.getYear() - CENTURY;
    if (year < 0 || year > 99) {
      throw new IllegalArgumentException("year outside 2000-2099: " + time);
    }
    int[] parts = {
      year,
      time.getMonthValue(),
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond()
    };
    long bcd = 0;
    for (int part : parts) {
      bcd = (bcd << 8) | ((part / 10) << 4) | (part % 10);
    }
    return new TerminalTime(bcd);
  }

  /** A moment in the standard's zone. */
  public static TerminalTime of(Instant moment) {
    return of(LocalDateTime.ofInstant(moment, STANDARD_ZONE));
  }

  public boolean isNone() {
    return bcd == 0;
  }

  /** What it says, empty when there is no time or an impossible one. */
  public Optional<LocalDateTime> local() {
    int month = part(4);
    int day = part(3);
    if (part(5) < 0 || month < 0 || day < 0 || part(2) < 0 || part(1) < 0 || part(0) < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(CENTURY + part(5), month, day, part(2), part(1), part(0)));
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  /** The moment, when the terminal's clock shows the time of that zone. */
  public Optional<Instant> instant(ZoneOffset zone) {
    return local().map(time -> time.toInstant(zone));
  }

  /** The number in byte {@code index} counted from the end, negative if it is no BCD. */
  private int part(int index) {
    int value = (int) (bcd >>> (8 * index)) & 0xff;
    int tens = value >> 4;
    int ones = value & 0xf;
    return tens > 9 || ones > 9 ? -1 : tens * 10 + ones;
  }

  /** Twelve hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().toHexDigits(bcd, 12);
  }

  @Override
  public String toString() {
    return local().map(LocalDateTime::toString).orElseGet(this::toHex);
  }
}
