package io.roadcast.fleet;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes keys whose order is that of their making, to the millisecond (UUID version 7, RFC 9562).
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TimeOrderedId() {}

  public static UUID next() {
    return at(Instant.now());
  }

  static UUID at(Instant time) {
    long high = (time.toEpochMilli() << 16) | VERSION | (RANDOM.nextInt() & 0xFFF);
    long low = VARIANT | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
