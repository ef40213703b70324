package io.roadcast.media.rtp;

/**
 * NTP timestamps (RFC 3550, section 4): seconds since 1900 in the high 32 bits, 1/2^32 s in the
 * low. Between 2036 and 2104 the seconds begin anew, which is undone.
 */
public final class NtpTime {
  private static final long SECONDS_TO_1970 = 2_208_988_800L;
  private static final long ERA_SECONDS = 1L << 32;

  private NtpTime() {}

  /**
   * @param epochMicros microseconds since 1970, UTC
   */
  public static long ofEpochMicros(long epochMicros) {
    long seconds = Math.floorDiv(epochMicros, 1_000_000L) + SECONDS_TO_1970;
    long micros = Math.floorMod(epochMicros, 1_000_000L);
    return seconds << 32 | Math.ceilDiv(micros << 32, 1_000_000L);
  }

  /** Microseconds since 1970, UTC, between 1968 and 2104. */
  public static long toEpochMicros(long ntpTime) {
    long seconds = ntpTime >>> 32;
    if (seconds < 1L << 31) {
      seconds += ERA_SECONDS;
    }
    long micros = ((ntpTime & 0xFFFF_FFFFL) * 1_000_000L) >>> 32;
    return (seconds - SECONDS_TO_1970) * 1_000_000L + micros;
  }

  /** The middle 32 bits, as a report block's LSR field holds them: units of 1/65536 s. */
  public static int middle(long ntpTime) {
    return (int) (ntpTime >>> 16);
  }

  /** A duration in units of 1/65536 s, as a report block's DLSR field holds it. */
  public static int shortDuration(long nanos) {
    return (int) Math.min(0xFFFF_FFFFL, (Math.max(nanos, 0) / 1000 << 16) / 1_000_000L);
  }

  /** Nanoseconds of a duration in units of 1/65536 s. */
  public static long nanosOfShort(int shortDuration) {
    return (Integer.toUnsignedLong(shortDuration) * 1_000_000_000L) >> 16;
  }
}
