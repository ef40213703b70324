package io.roadcast.sfu.router;

public enum StreamState {
  /** A publisher feeds it. */
  LIVE,
  /** The publisher went away; viewers are kept for the grace time. */
  INTERRUPTED,
  ENDED
}
