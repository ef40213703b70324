package io.roadcast.simulator.picture;

/**
 * Where the road goes and how fast the vehicle drives on it, as functions of time and of distance
 * in metres, so that any moment can be drawn without those before it.
 */
public final class RoadCourse {
  private static final double MEAN_SPEED = 19.5;
  private static final double SPEED_SWING = 3.4;
  private static final double SWING_SECONDS = 41;

  private final double phase;

  /**
   * @param seed number of the scene
   */
  public RoadCourse(int seed) {
    phase = seed * 1.7;
  }

  /** Metres driven after so many seconds. */
  public double distance(double seconds) {
    double rate = 2 * Math.PI / SWING_SECONDS;
    return 400 * phase
        + MEAN_SPEED * seconds
        + SPEED_SWING / rate * (1 - Math.cos(rate * seconds + phase));
  }

  /** Metres per second. */
  public double speed(double seconds) {
    return MEAN_SPEED + SPEED_SWING * Math.sin(2 * Math.PI / SWING_SECONDS * seconds + phase);
  }

  /** Metres that the road lies to the right of a straight line. */
  double lateral(double distance) {
    return 34 * Math.sin(distance / 240) + 11 * Math.sin(distance / 107 + phase);
  }

  /** Slope of {@link #lateral}, which is the road's direction. */
  double heading(double distance) {
    return 34.0 / 240 * Math.cos(distance / 240) + 11.0 / 107 * Math.cos(distance / 107 + phase);
  }

  /** Height of the road in metres. */
  public double elevation(double distance) {
    return 2.2 * Math.sin(distance / 190) + 0.4 * Math.sin(distance / 71);
  }

  /** Slope of {@link #elevation}. */
  double gradient(double distance) {
    return 2.2 / 190 * Math.cos(distance / 190) + 0.4 / 71 * Math.cos(distance / 71);
  }
}
