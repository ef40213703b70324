package io.roadcast.sfu.congestion;

/**
 * The loss-based rate: above 10 % loss it shrinks by half the loss, below 2 % it grows by 8 % a
 * second (draft-ietf-rmcat-gcc-02, section 6).
 *
 * <p>Unlike in the draft it also grows between the two, by half as much: mobile links lose some
 * packets at any rate, and a viewer that was slowed down once would stay slow. And it shrinks only
 * if that much loss is no chance, in two periods of at least a hundred packets one after the other,
 * and not far below what arrives: a long queue goes on losing for seconds after the rate has
 * shrunk.
 */
final class LossControl {
  private static final double LOW = 0.02;
  private static final double HIGH = 0.10;
  private static final double INCREASE_PER_SECOND = 1.08;
  private static final double CAREFUL_INCREASE_PER_SECOND = 1.04;
  private static final double DEVIATIONS = 2;
  private static final int BAD_PERIODS = 2;
  private static final int MIN_PACKETS = 100;

  /** Without any loss fewer will do, or a rate that is small once would grow slowly. */
  private static final int MIN_WHOLE_PACKETS = 20;

  private static final double LEAST_OF_ARRIVING = 0.65;
  private static final long MIN_NANOS = 1_000_000_000L;

  private double rate = RateControl.MAX_BITS_PER_SECOND;
  private double loss;
  private long lost;
  private long packets;
  private int badPeriods;
  private long beganNanos = Long.MIN_VALUE;

  long bitRate() {
    return (long) rate;
  }

  /** The part of the packets that was lost lately, 0 to 1. */
  double loss() {
    return loss;
  }

  /**
   * A report was evaluated.
   *
   * @param newlyLost less than 0 if packets came that were taken for lost
   * @param arriving bits per second
   */
  void update(int newlyLost, int newlyReported, long arriving, long nowNanos) {
    if (beganNanos == Long.MIN_VALUE) {
      beganNanos = nowNanos;
    }
    lost += newlyLost;
    packets += newlyReported;
    long elapsed = nowNanos - beganNanos;
    if (packets < (lost > 0 ? MIN_PACKETS : MIN_WHOLE_PACKETS) || elapsed < MIN_NANOS) {
      return;
    }
    double part = Math.max(0, (double) lost / packets);
    double chance = DEVIATIONS * Math.sqrt(HIGH * (1 - HIGH) / packets);
    judge(part, HIGH + chance, elapsed / 1e9, arriving);
    lost = 0;
    packets = 0;
    beganNanos = nowNanos;
  }

  /** What a receiver report says, where there is no feedback of single packets. */
  void reported(double part, double seconds, long arriving) {
    judge(part, HIGH, Math.min(seconds, 1), arriving);
  }

  private void judge(double part, double bad, double seconds, long arriving) {
    loss = part;
    badPeriods = part > bad ? badPeriods + 1 : 0;
    if (part <= bad) {
      double increase = part < LOW ? INCREASE_PER_SECOND : CAREFUL_INCREASE_PER_SECOND;
      rate *= Math.pow(increase, Math.min(seconds, 2));
    } else if (badPeriods >= BAD_PERIODS && arriving > 0) {
      // From what is really sent: a rate far above it would take many reports to matter.
      double shrunk = Math.min(rate, arriving / (1 - Math.min(part, 0.5))) * (1 - part / 2);
      rate = Math.min(rate, Math.max(shrunk, LEAST_OF_ARRIVING * arriving));
    }
    rate = Math.clamp(rate, RateControl.MIN_BITS_PER_SECOND, RateControl.MAX_BITS_PER_SECOND);
  }
}
