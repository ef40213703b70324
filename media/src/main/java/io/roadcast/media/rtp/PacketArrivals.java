package io.roadcast.media.rtp;

import java.util.Arrays;

/**
 * Which packets of a run came, and when, in ticks of 250 us from the reference time of the
 * transport-wide feedback they are part of. Immutable.
 */
public final class PacketArrivals {
  /** In place of a time: the packet has not come. */
  public static final int LOST = Integer.MIN_VALUE;

  private final int[] ticks;

  private PacketArrivals(int[] ticks) {
    this.ticks = ticks;
  }

  /**
   * @param ticks one time per packet, or {@link #LOST}; copied
   */
  public static PacketArrivals of(int... ticks) {
    return new PacketArrivals(ticks.clone());
  }

  /** As {@link #of}, and keeps the array. */
  static PacketArrivals owning(int[] ticks) {
    return new PacketArrivals(ticks);
  }

  public int count() {
    return ticks.length;
  }

  public boolean came(int index) {
    return ticks[index] != LOST;
  }

  /** The time of a packet that came. */
  public int ticks(int index) {
    if (!came(index)) {
      throw new IllegalStateException("packet " + index + " has not come");
    }
    return ticks[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PacketArrivals that && Arrays.equals(ticks, that.ticks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ticks);
  }

  @Override
  public String toString() {
    long lost = Arrays.stream(ticks).filter(tick -> tick == LOST).count();
    return ticks.length + " packets, " + lost + " lost";
  }
}
