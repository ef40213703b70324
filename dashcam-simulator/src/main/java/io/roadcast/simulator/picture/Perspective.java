package io.roadcast.simulator.picture;

/** Where a point on or beside the road appears in the picture, seen from the moving vehicle. */
final class Perspective {
  /** The camera's place: metres right of the road's middle, and above it. */
  static final double EYE_RIGHT = 1.85;

  private static final double EYE_HEIGHT = 1.55;

  private final RoadCourse course;
  private final int width;
  private final double focal;
  private final double horizon;
  private double here;

  Perspective(RoadCourse course, int width, int height) {
    this.course = course;
    this.width = width;
    focal = 0.82 * width;
    horizon = 0.47 * height;
  }

  void moveTo(double distance) {
    here = distance;
  }

  double horizon() {
    return horizon;
  }

  double focal() {
    return focal;
  }

  /** Column of a point so many metres right of the road's middle and so many ahead. */
  double x(double right, double ahead) {
    double bend =
        course.lateral(here + ahead) - course.lateral(here) - course.heading(here) * ahead;
    return width / 2.0 + focal * (right + bend - EYE_RIGHT) / ahead;
  }

  /** Row of a point so many metres above the road and so many ahead. */
  double y(double up, double ahead) {
    double rise =
        course.elevation(here + ahead) - course.elevation(here) - course.gradient(here) * ahead;
    return horizon + focal * (EYE_HEIGHT - up - rise) / ahead;
  }

  /** Pixels that a metre takes so far ahead. */
  double scale(double ahead) {
    return focal / ahead;
  }
}
