package io.roadcast.sfu.congestion;

/** What the change of delay says about a path's bottleneck. */
enum PathUse {
  NORMAL,
  /** A queue grows. */
  OVERUSE,
  /** A queue shrinks. */
  UNDERUSE
}
