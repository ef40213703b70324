package io.roadcast.sfu.congestion;

import io.roadcast.media.rtp.PacketArrivals;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bottleneck with a queue in front of it, delay and loss, and a receiver behind it that reports
 * what came. Time is the test's, in microseconds.
 */
public final class SimulatedPath {
  /** The packet does not arrive. */
  public static final long LOST = -1;

  /** The receiver's clock is another one than the sender's. */
  private static final long CLOCK_OFFSET_MICROS = 777_000_000;

  private final Random random;
  private final SortedMap<Long, Long> arrivals = new TreeMap<>();
  private long bitsPerSecond;
  private long oneWayMicros;
  private double loss;
  private long maxQueueMicros = 1_000_000;
  private long freeMicros;
  private long nextReported;
  private long highestSent = -1;

  public SimulatedPath(long bitsPerSecond, long roundTripMillis, double loss, long seed) {
    this.bitsPerSecond = bitsPerSecond;
    this.oneWayMicros = roundTripMillis * 500;
    this.loss = loss;
    this.random = new Random(seed);
  }

  /** From now on it carries so much. */
  public void carries(long newBitsPerSecond) {
    bitsPerSecond = newBitsPerSecond;
  }

  /** How long its queue may become before it drops. */
  public void queue(long millis) {
    maxQueueMicros = millis * 1000;
  }

  public long oneWayMicros() {
    return oneWayMicros;
  }

  /**
   * A packet enters.
   *
   * @param number 16 bits, transport-wide
   * @param bytes with all headers
   * @return when it arrives, or {@link #LOST}
   */
  public long send(int number, int bytes, long nowMicros) {
    long extended = highestSent + (short) (number - (int) highestSent);
    highestSent = Math.max(highestSent, extended);
    long queued = Math.max(0, freeMicros - nowMicros);
    if (queued > maxQueueMicros) {
      return LOST;
    }
    freeMicros = nowMicros + queued + bytes * 8_000_000L / bitsPerSecond;
    if (random.nextDouble() < loss) {
      return LOST;
    }
    long arrival = freeMicros + oneWayMicros;
    arrivals.put(extended, arrival);
    return arrival;
  }

  /** What the receiver reports at that moment; null if nothing new came. */
  public @Nullable TransportFeedback report(long nowMicros) {
    long last = -1;
    for (var arrival : arrivals.entrySet()) {
      last = arrival.getValue() <= nowMicros ? arrival.getKey() : last;
    }
    if (last < nextReported) {
      return null;
    }
    long first = nextReported;
    int[] ticks = new int[(int) (last - first + 1)];
    long reference = -1;
    for (int i = 0; i < ticks.length; i++) {
      Long arrival = arrivals.remove(first + i);
      if (arrival == null || arrival > nowMicros) {
        ticks[i] = PacketArrivals.LOST;
        continue;
      }
      long at = arrival + CLOCK_OFFSET_MICROS;
      reference = reference < 0 ? at / 64_000 : reference;
      ticks[i] = (int) ((at - reference * 64_000) / 250);
    }
    nextReported = last + 1;
    return new TransportFeedback(
        1, 2, (int) (first & 0xffff), (int) reference, 0, PacketArrivals.of(ticks));
  }
}
