package io.roadcast.sfu.congestion;

import java.util.Arrays;

/**
 * How fast packets arrive at the viewer while any arrive: over the last 0.8 s, intervals of 50 ms
 * without a packet left out. A bottleneck that has a queue is busy all the time, so this is its
 * rate then; a pause of the sender or of the receiving machine does not look like a slow path.
 */
final class ArrivalRate {
  private static final long BIN_MICROS = 50_000;
  private static final int BINS = 16;
  private static final int MIN_BINS = 4;
  private static final long BITS_PER_SECOND_OF_A_BYTE_PER_MICRO = 8_000_000;

  private final long[] bytes = new long[BINS];
  private long newest = Long.MIN_VALUE;

  void add(int packetBytes, long arrivedMicros) {
    long bin = Math.floorDiv(arrivedMicros, BIN_MICROS);
    if (newest == Long.MIN_VALUE || Math.abs(bin - newest) > BINS) {
      Arrays.fill(bytes, 0); // the first packet, a long pause, or another clock
      newest = bin;
    }
    while (newest < bin) {
      newest++;
      bytes[slot(newest)] = 0;
    }
    if (newest - bin < BINS) {
      bytes[slot(bin)] += packetBytes;
    }
  }

  /** Bits per second; 0 while too little came to tell. */
  long bitRate() {
    long sum = 0;
    int busy = 0;
    for (long each : bytes) {
      sum += each;
      busy += each > 0 ? 1 : 0;
    }
    return busy < MIN_BINS ? 0 : sum * BITS_PER_SECOND_OF_A_BYTE_PER_MICRO / (busy * BIN_MICROS);
  }

  private static int slot(long bin) {
    return (int) Math.floorMod(bin, (long) BINS);
  }
}
