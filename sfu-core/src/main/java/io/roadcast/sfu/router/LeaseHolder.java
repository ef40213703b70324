package io.roadcast.sfu.router;

/** What somebody wants a stream for. A recording that only takes what is live anyway holds none. */
public enum LeaseHolder {
  VIEWER,
  RECORDING,
  /** Pictures around an alarm: too important for a data budget. */
  CLIP,
  /** Another node. */
  RELAY;

  /** Whether a source may refuse to spend data on it. */
  public boolean boundByBudget() {
    return this != CLIP;
  }
}
