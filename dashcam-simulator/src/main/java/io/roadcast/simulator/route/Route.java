package io.roadcast.simulator.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A closed loop of streets of a made-up town with a rectangular plan, driven round and round. The
 * same seed gives the same loop.
 */
public final class Route {
  /** Where the streets of all scenes are: the middle of Shanghai. */
  private static final double CENTRE_LATITUDE = 31.2304;

  private static final double CENTRE_LONGITUDE = 121.4737;
  private static final double METRES_PER_DEGREE = 111_320;
  private static final double BLOCK_EAST = 430;
  private static final double BLOCK_NORTH = 360;
  private static final double NEAREST = 1_300;
  private static final double FARTHEST = 3_600;
  private static final int BENDS = 11;
  private static final double CORNER = 22;
  private static final double TURNED = Math.toRadians(9);

  /**
   * A place on the route.
   *
   * @param direction degrees, 0 is north, clockwise, 0 to 359
   */
  public record Place(double latitude, double longitude, int direction) {}

  /** Metres east and north of the centre. */
  private record Point(double east, double north) {}

  private final double latitude;
  private final double longitude;
  private final List<Point> points;
  private final double[] starts;
  private final double length;

  private Route(double latitude, double longitude, List<Point> points) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.points = points;
    starts = new double[points.size()];
    double metres = 0;
    for (int index = 0; index < points.size(); index++) {
      starts[index] = metres;
      metres += distance(points.get(index), next(index));
    }
    length = metres;
  }

  /** The loop on which the vehicle of a scene drives. */
  public static Route ofScene(int scene) {
    return around(CENTRE_LATITUDE, CENTRE_LONGITUDE, scene);
  }

  /** A loop around a place. */
  public static Route around(double latitude, double longitude, int seed) {
    Random random = new Random(seed * 7919L + 17);
    List<Point> corners = new ArrayList<>();
    double east = 0;
    for (int bend = 0; bend < BENDS; bend++) {
      double angle = 2 * Math.PI * bend / BENDS;
      double radius = NEAREST + (FARTHEST - NEAREST) * random.nextDouble();
      double nextEast = BLOCK_EAST * Math.round(radius * Math.sin(angle) / BLOCK_EAST);
      double north = BLOCK_NORTH * Math.round(radius * Math.cos(angle) / BLOCK_NORTH);
      if (bend > 0) {
        corners.add(new Point(east, north));
      }
      corners.add(new Point(nextEast, north));
      east = nextEast;
    }
    corners.add(new Point(east, corners.getFirst().north));
    return new Route(latitude, longitude, rounded(withoutDetours(corners)));
  }

  /** Leaves out corners on a straight street, and dead ends that are driven in and out again. */
  private static List<Point> withoutDetours(List<Point> corners) {
    List<Point> kept = new ArrayList<>(corners);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int index = 0; index < kept.size() && kept.size() > 4; index++) {
        Point before = kept.get((index + kept.size() - 1) % kept.size());
        Point here = kept.get(index);
        Point after = kept.get((index + 1) % kept.size());
        boolean straight =
            before.east == here.east && here.east == after.east
                || before.north == here.north && here.north == after.north;
        if (straight) {
          kept.remove(index);
          changed = true;
          break;
        }
      }
    }
    return kept;
  }

  /** Cuts corners as a vehicle does, so that it does not turn on the spot. */
  private static List<Point> rounded(List<Point> corners) {
    List<Point> all = new ArrayList<>();
    for (int index = 0; index < corners.size(); index++) {
      Point before = corners.get((index + corners.size() - 1) % corners.size());
      Point here = corners.get(index);
      Point after = corners.get((index + 1) % corners.size());
      all.add(towards(here, before));
      all.add(towards(here, after));
    }
    return all;
  }

  private static Point towards(Point from, Point to) {
    double share = CORNER / distance(from, to);
    return new Point(
        from.east + (to.east - from.east) * share, from.north + (to.north - from.north) * share);
  }

  private static double distance(Point one, Point other) {
    return Math.hypot(other.east - one.east, other.north - one.north);
  }

  private Point next(int index) {
    return points.get((index + 1) % points.size());
  }

  /** Metres once round. */
  public double length() {
    return length;
  }

  /** Where a vehicle is that has driven so many metres. */
  public Place at(double metres) {
    double along = ((metres % length) + length) % length;
    int index = Arrays.binarySearch(starts, along);
    index = index >= 0 ? index : -index - 2;
    Point from = points.get(index);
    Point to = next(index);
    double share = (along - starts[index]) / distance(from, to);
    double east = from.east + (to.east - from.east) * share;
    double north = from.north + (to.north - from.north) * share;
    double turnedEast = east * Math.cos(TURNED) + north * Math.sin(TURNED);
    double turnedNorth = north * Math.cos(TURNED) - east * Math.sin(TURNED);
    double heading =
        Math.toDegrees(Math.atan2(to.east - from.east, to.north - from.north) + TURNED);
    return new Place(
        latitude + turnedNorth / METRES_PER_DEGREE,
        longitude + turnedEast / (METRES_PER_DEGREE * Math.cos(Math.toRadians(latitude))),
        Math.floorMod(Math.round(heading), 360));
  }
}
