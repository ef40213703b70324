package io.roadcast.sfu.congestion;

/**
 * Measures how fast packets come through that left close behind each other: a keyframe or a replay
 * is a probe that costs nothing. A train ends with a pause of the sender or with the report. The
 * longest gap in a train is left out, so that a pause of the receiving machine does not count.
 */
final class PacketTrains {
  /** Longer than a packet takes at 400 kbit/s, shorter than from picture to picture. */
  private static final long MAX_GAP_MICROS = 25_000;

  private static final int MIN_PACKETS = 7;

  /** A train that is not stretched by so much says nothing about how slow the path is. */
  private static final long MIN_STRETCH_MICROS = 30_000;

  private static final double SATURATED = 0.8;
  private static final double CAREFUL = 0.85;
  private static final long BITS_PER_SECOND_OF_A_BYTE_PER_MICRO = 8_000_000;

  private int packets;
  private long bytes;
  private long firstSent;
  private long lastSent;
  private long firstArrived;
  private long lastArrived;
  private long longestGap;
  private long fastest;
  private long slowest = Long.MAX_VALUE;

  void add(int packetBytes, long sentMicros, long arrivedMicros) {
    if (packets > 0 && sentMicros - lastSent > MAX_GAP_MICROS) {
      end();
    }
    if (packets == 0) {
      firstSent = sentMicros;
      firstArrived = arrivedMicros;
    } else {
      bytes += packetBytes;
      longestGap = Math.max(longestGap, arrivedMicros - lastArrived);
    }
    packets++;
    lastSent = sentMicros;
    lastArrived = packets == 1 ? arrivedMicros : Math.max(lastArrived, arrivedMicros);
  }

  /** The last packet of a report was added. */
  void end() {
    if (packets >= MIN_PACKETS) {
      long sent = lastSent - firstSent;
      long arrived = Math.max(1, lastArrived - firstArrived - longestGap);
      long counted = bytes * (packets - 2) / (packets - 1);
      long sendRate = rate(bytes, Math.max(1, sent));
      long arrivalRate = rate(counted, arrived);
      boolean saturated = arrivalRate < SATURATED * sendRate;
      fastest =
          Math.max(fastest, saturated ? (long) (CAREFUL * arrivalRate) : (long) (0.95 * sendRate));
      if (saturated && arrived - sent > MIN_STRETCH_MICROS) {
        slowest = Math.min(slowest, arrivalRate);
      }
    }
    packets = 0;
    bytes = 0;
    longestGap = 0;
  }

  /** Of the trains since it was asked last, in bits per second; 0 if there was none. */
  long takeFastest() {
    long taken = fastest;
    fastest = 0;
    return taken;
  }

  /** Of the trains since it was asked last that a queue stretched; else {@link Long#MAX_VALUE}. */
  long takeSlowest() {
    long taken = slowest;
    slowest = Long.MAX_VALUE;
    return taken;
  }

  private static long rate(long bytes, long micros) {
    return bytes * BITS_PER_SECOND_OF_A_BYTE_PER_MICRO / micros;
  }
}
