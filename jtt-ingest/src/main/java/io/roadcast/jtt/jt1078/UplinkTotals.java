package io.roadcast.jtt.jt1078;

import java.util.concurrent.atomic.LongAdder;

/**
 * What came from one channel of a terminal, and what did not, over all its connections since the
 * start. Written by connections' threads, read by any.
 */
public final class UplinkTotals {
  private final LongAdder packets = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder lostPackets = new LongAdder();
  private final LongAdder damagedFrames = new LongAdder();
  private final LongAdder timestampRepairs = new LongAdder();

  /** At one moment, in the words of {@link io.roadcast.sfu.router.UplinkStatistics}. */
  public record Sums(
      long packets, long gaps, long lostPackets, long damagedFrames, long timestampRepairs) {
    public static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    public Sums plus(Sums other) {
      return new Sums(
          packets + other.packets,
          gaps + other.gaps,
          lostPackets + other.lostPackets,
          damagedFrames + other.damagedFrames,
          timestampRepairs + other.timestampRepairs);
    }
  }

  public void packet() {
    packets.increment();
  }

  /** So many numbers in a row are missing. */
  public void gap(int missing) {
    gaps.increment();
    lostPackets.add(missing);
  }

  public void frameDamaged() {
    damagedFrames.increment();
  }

  void timestampsRepaired(long times) {
    timestampRepairs.add(times);
  }

  public Sums sums() {
    return new Sums(
        packets.sum(), gaps.sum(), lostPackets.sum(), damagedFrames.sum(), timestampRepairs.sum());
  }
}
