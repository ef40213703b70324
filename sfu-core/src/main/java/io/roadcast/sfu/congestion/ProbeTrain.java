package io.roadcast.sfu.congestion;

/** Some packets that left at once, to find out how fast the path carries them; one such train. */
final class ProbeTrain {
  private static final long NONE = -1;
  private static final int MIN_PACKETS = 6;

  /** A train that came faster than this says only that the path is wide. */
  private static final long SHORTEST_MICROS = 5_000;

  private static final long BITS_PER_SECOND_OF_A_BYTE_PER_MICRO = 8_000_000;

  private long first = NONE;
  private long end = NONE;
  private int packets;
  private long bytes;
  private long firstArrived;
  private long lastArrived;

  /** The next packet is the first one of a train. */
  void begin(long packet) {
    first = packet;
    end = Long.MAX_VALUE;
    packets = 0;
    bytes = 0;
  }

  /** This packet is none of it any more. */
  void end(long packet) {
    end = packet;
  }

  boolean has(long packet) {
    return first != NONE && packet >= first && packet < end;
  }

  /** A packet of it came. */
  void came(int packetBytes, long arrivedMicros) {
    if (packets == 0) {
      firstArrived = arrivedMicros;
      lastArrived = arrivedMicros;
    } else {
      bytes += packetBytes;
      firstArrived = Math.min(firstArrived, arrivedMicros);
      lastArrived = Math.max(lastArrived, arrivedMicros);
    }
    packets++;
  }

  /**
   * How fast it came, in bits per second, told once; 0 while it is under way, or if too little came
   * of it.
   *
   * @param reported the newest packet that the viewer has reported on
   */
  long take(long reported) {
    if (first == NONE || reported < end - 1) {
      return 0;
    }
    long sent = end - first;
    first = NONE;
    long micros = Math.max(SHORTEST_MICROS, lastArrived - firstArrived);
    return packets < MIN_PACKETS || 4L * packets < 3 * sent
        ? 0
        : bytes * BITS_PER_SECOND_OF_A_BYTE_PER_MICRO / micros;
  }
}
