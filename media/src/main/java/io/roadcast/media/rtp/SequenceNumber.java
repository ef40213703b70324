package io.roadcast.media.rtp;

/** Arithmetic of 16-bit RTP sequence numbers, which wrap (RFC 3550, appendix A.1; RFC 1982). */
public final class SequenceNumber {
  /** How many there are. */
  public static final int COUNT = 1 << 16;

  private SequenceNumber() {}

  /** The number {@code steps} behind {@code sequence}; steps may be negative. */
  public static int plus(int sequence, int steps) {
    return (sequence + steps) & 0xFFFF;
  }

  /**
   * How many steps {@code to} lies behind {@code from}, -32768 to 32767: the shorter way around; at
   * exactly half the circle it counts as before.
   */
  public static int distance(int from, int to) {
    return (short) (to - from);
  }

  /** Whether {@code sequence} comes after {@code other}. */
  public static boolean isAfter(int sequence, int other) {
    return distance(other, sequence) > 0;
  }

  /**
   * The number without wrap that ends in {@code sequence} and is nearest to {@code near}.
   *
   * @param near an unwrapped number
   */
  public static long unwrap(int sequence, long near) {
    return near + distance((int) near & 0xFFFF, sequence);
  }
}
