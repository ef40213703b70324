package io.roadcast.jtt.jt808;

import java.time.Duration;

/**
 * How much a {@link SubPackageAssembler} keeps, and for how long.
 *
 * @param maxParts of one message
 * @param maxMessageBytes of one message
 * @param maxOpenMessages of one terminal
 * @param maxHeldBytes of all open messages together, with what it costs to keep a part
 * @param idle after the last part came, or was asked for, until missing parts are asked for
 * @param maxRequests for missing parts of one message, until it is given up
 */
public record AssemblyLimits(
    int maxParts,
    int maxMessageBytes,
    int maxOpenMessages,
    long maxHeldBytes,
    Duration idle,
    int maxRequests) {
  public AssemblyLimits {
    if (maxParts < 1 || maxMessageBytes < 1 || maxOpenMessages < 1 || maxHeldBytes < 1) {
      throw new IllegalArgumentException("a limit below 1 keeps nothing");
    }
    if (idle.isNegative() || idle.isZero() || maxRequests < 0) {
      throw new IllegalArgumentException("idle " + idle + ", " + maxRequests + " requests");
    }
  }

  /** For one connection: messages up to 4 MiB, asked for five times, every ten seconds. */
  public static final AssemblyLimits DEFAULT =
      new AssemblyLimits(8192, 4 << 20, 8, 8 << 20, Duration.ofSeconds(10), 5);
}
