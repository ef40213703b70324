package io.roadcast.sfu.congestion;

/**
 * The delay-based rate: up by 8 % a second while nothing is wrong (slowly once the capacity is
 * about known, faster when nothing was wrong for long), down to 0.85 of what arrives when a queue
 * grows (draft-ietf-rmcat-gcc-02, section 5.5). It begins with "no limit known": a viewer is not
 * slowed down before its path showed to be slow.
 */
final class RateControl {
  static final long MAX_BITS_PER_SECOND = 100_000_000;
  static final long MIN_BITS_PER_SECOND = 30_000;
  private static final double DECREASE = 0.85;
  private static final double INCREASE_PER_SECOND = 1.08;

  /** A path that has been good for {@link #CALM_NANOS} has probably become wider. */
  private static final double CALM_INCREASE_PER_SECOND = 1.25;

  private static final long CALM_NANOS = 5_000_000_000L;
  private static final long PAUSE_BEFORE_RAISE_NANOS = 1_000_000_000L;
  private static final double NOTEWORTHY = 1.1;
  private static final double MAX_OF_ARRIVING = 1.5;
  private static final long MARGIN = 10_000;
  private static final int PACKET_BITS = 1200 * 8;
  private static final long RESPONSE_NANOS = 100_000_000;
  private static final long DEFAULT_ROUND_TRIP_NANOS = 200_000_000;
  private static final double CAPACITY_SMOOTHING = 0.05;
  private static final double CAPACITY_DEVIATIONS = 3;

  private enum Step {
    HOLD,
    INCREASE
  }

  private double rate = MAX_BITS_PER_SECOND;
  private Step step = Step.HOLD;
  private double capacity = Double.NaN;
  private double variance = 0.4;
  private long roundTripNanos = DEFAULT_ROUND_TRIP_NANOS;
  private long lastNanos = Long.MIN_VALUE;
  private long lastDecreaseNanos = Long.MIN_VALUE;

  long bitRate() {
    return (long) rate;
  }

  void roundTrip(long nanos) {
    roundTripNanos = nanos;
  }

  /**
   * A report was evaluated.
   *
   * @param arriving {@link ArrivalRate#bitRate()}
   */
  void update(PathUse use, long arriving, long nowNanos) {
    double seconds = lastNanos == Long.MIN_VALUE ? 0 : Math.min((nowNanos - lastNanos) / 1e9, 1);
    lastNanos = nowNanos;
    switch (use) {
      case OVERUSE -> {
        if (arriving > 0 && mayDecrease(arriving, nowNanos)) {
          decrease(arriving, nowNanos);
        }
        step = Step.HOLD;
      }
      case UNDERUSE -> step = Step.HOLD;
      case NORMAL -> {
        if (step == Step.INCREASE && arriving > 0) {
          increase(arriving, seconds, isCalm(nowNanos));
        }
        step = Step.INCREASE;
      }
    }
  }

  /**
   * A train of packets came through so fast. Packets that left before the last decrease say nothing
   * new: they were sent faster than the path carries.
   */
  void raise(long bitsPerSecond, long nowNanos) {
    boolean fresh =
        lastDecreaseNanos == Long.MIN_VALUE
            || nowNanos - lastDecreaseNanos > PAUSE_BEFORE_RAISE_NANOS + roundTripNanos;
    if (fresh && bitsPerSecond > NOTEWORTHY * rate) {
      rate = Math.min(bitsPerSecond, MAX_BITS_PER_SECOND);
    }
  }

  /** Packets that were sent for no other reason came through so fast: less need not be believed. */
  void probed(long bitsPerSecond) {
    rate = Math.clamp(Math.max(rate, bitsPerSecond), MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND);
  }

  /** A first train of packets came through slower than it was sent. */
  void lower(long bitsPerSecond, long nowNanos) {
    rate = Math.clamp(Math.min(rate, bitsPerSecond), MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND);
    lastDecreaseNanos = nowNanos;
    step = Step.HOLD;
  }

  private boolean mayDecrease(long arriving, long nowNanos) {
    long pause = Math.clamp(roundTripNanos, 10_000_000L, 200_000_000L);
    return lastDecreaseNanos == Long.MIN_VALUE
        || nowNanos - lastDecreaseNanos >= pause
        || arriving < rate / 2;
  }

  private void decrease(long arriving, long nowNanos) {
    double wanted = DECREASE * arriving;
    if (!Double.isNaN(capacity) && wanted > rate) {
      wanted = DECREASE * capacity;
    }
    rate = Math.clamp(Math.min(rate, wanted), MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND);
    learnCapacity(arriving);
    lastDecreaseNanos = nowNanos;
  }

  private boolean isCalm(long nowNanos) {
    return lastDecreaseNanos == Long.MIN_VALUE || nowNanos - lastDecreaseNanos > CALM_NANOS;
  }

  private void increase(long arriving, double seconds, boolean calm) {
    if (calm || (!Double.isNaN(capacity) && arriving > capacity + deviation())) {
      capacity = Double.NaN;
    }
    double limit = MAX_OF_ARRIVING * arriving + MARGIN;
    if (rate >= limit) {
      return;
    }
    double more;
    if (Double.isNaN(capacity)) {
      double factor = calm ? CALM_INCREASE_PER_SECOND : INCREASE_PER_SECOND;
      more = Math.max(rate * (Math.pow(factor, seconds) - 1), 1000 * seconds);
    } else {
      double response = (roundTripNanos + RESPONSE_NANOS) * 2 / 1e9;
      more = Math.max(4000, PACKET_BITS / response) * seconds;
    }
    rate = Math.min(rate + more, limit);
  }

  private void learnCapacity(long arriving) {
    if (!Double.isNaN(capacity) && Math.abs(arriving - capacity) > deviation()) {
      capacity = Double.NaN;
    }
    double before = Double.isNaN(capacity) ? arriving : capacity;
    double error = before - arriving;
    capacity = before - CAPACITY_SMOOTHING * error;
    double normalized = error * error / Math.max(capacity, 1) / 1000;
    variance =
        Math.clamp((1 - CAPACITY_SMOOTHING) * variance + CAPACITY_SMOOTHING * normalized, 0.4, 2.5);
  }

  private double deviation() {
    return CAPACITY_DEVIATIONS * Math.sqrt(variance * capacity * 1000);
  }
}
