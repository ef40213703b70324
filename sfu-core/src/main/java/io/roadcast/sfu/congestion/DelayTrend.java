package io.roadcast.sfu.congestion;

/**
 * The slope of the delay over the last groups of packets, and whether it is steep enough to say
 * that a queue grows: trendline filter and overuse detector with an adaptive threshold
 * (draft-ietf-rmcat-gcc-02, sections 5.4 and 5.5; the filter is a line through smoothed delays in
 * place of the draft's Kalman filter).
 */
final class DelayTrend {
  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final double GAIN = 4;
  private static final int MAX_DELTAS = 60;
  private static final double FIRST_THRESHOLD = 12.5;
  private static final double MIN_THRESHOLD = 6;
  private static final double MAX_THRESHOLD = 600;
  private static final double THRESHOLD_UP = 0.0087;
  private static final double THRESHOLD_DOWN = 0.039;
  private static final double MAX_DISTANCE = 15;
  private static final double MAX_STEP_MILLIS = 100;
  private static final double OVERUSE_MILLIS = 10;

  private final double[] arrivals = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int deltas;
  private double accumulated;
  private double smoothed;
  private double slope;
  private double previousSlope;
  private double threshold = FIRST_THRESHOLD;
  private double lastArrival = Double.NaN;
  private double overusedMillis = -1;
  private int overuses;
  private PathUse use = PathUse.NORMAL;

  PathUse use() {
    return use;
  }

  /** Two groups were compared; all in milliseconds, the arrival on the receiver's clock. */
  void add(double arrivedDelta, double sentDelta, double arrival) {
    accumulated += arrivedDelta - sentDelta;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    int slot = deltas % WINDOW;
    arrivals[slot] = arrival;
    delays[slot] = smoothed;
    deltas = deltas + 1 == 3 * WINDOW + MAX_DELTAS ? WINDOW + MAX_DELTAS : deltas + 1;
    if (deltas >= WINDOW) {
      slope = slopeOfWindow();
    }
    judge(sentDelta, arrival);
  }

  /** Least squares; unchanged if all groups came at once. */
  private double slopeOfWindow() {
    double meanArrival = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanArrival += arrivals[i] / WINDOW;
      meanDelay += delays[i] / WINDOW;
    }
    double both = 0;
    double square = 0;
    for (int i = 0; i < WINDOW; i++) {
      double x = arrivals[i] - meanArrival;
      both += x * (delays[i] - meanDelay);
      square += x * x;
    }
    return square == 0 ? slope : both / square;
  }

  private void judge(double sentDelta, double arrival) {
    double trend = Math.min(deltas, MAX_DELTAS) * slope * GAIN;
    if (trend > threshold) {
      overusedMillis = overusedMillis < 0 ? sentDelta / 2 : overusedMillis + sentDelta;
      overuses++;
      if (overusedMillis > OVERUSE_MILLIS && overuses > 1 && slope >= previousSlope) {
        overusedMillis = 0;
        overuses = 0;
        use = PathUse.OVERUSE;
      }
    } else {
      overusedMillis = -1;
      overuses = 0;
      use = trend < -threshold ? PathUse.UNDERUSE : PathUse.NORMAL;
    }
    previousSlope = slope;
    adapt(Math.abs(trend), arrival);
  }

  /** So that a path that always wavers, or shares with a greedy flow, is not starved. */
  private void adapt(double trend, double arrival) {
    double elapsed =
        Double.isNaN(lastArrival) ? 0 : Math.clamp(arrival - lastArrival, 0, MAX_STEP_MILLIS);
    lastArrival = arrival;
    if (trend > threshold + MAX_DISTANCE) {
      return; // a sudden large delay, as of another route
    }
    double gain = trend < threshold ? THRESHOLD_DOWN : THRESHOLD_UP;
    threshold =
        Math.clamp(threshold + gain * (trend - threshold) * elapsed, MIN_THRESHOLD, MAX_THRESHOLD);
  }
}
