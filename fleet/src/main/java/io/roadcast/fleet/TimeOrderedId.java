package io.roadcast.fleet;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes keys whose order is that of their making, as far as the clock tells (UUID version 7 with a
 * fraction of the millisecond, RFC 9562 section 6.2).
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TimeOrderedId() {}

  public static UUID next() {
    return at(Instant.now());
  }

  static UUID at(Instant time) {
    long fraction = (time.getNano() % NANOS_PER_MILLI) * 4096L / NANOS_PER_MILLI;
    long high = (time.toEpochMilli() << 16) | VERSION | fraction;
    long low = VARIANT | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
