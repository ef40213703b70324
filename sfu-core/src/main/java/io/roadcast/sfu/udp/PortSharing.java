package io.roadcast.sfu.udp;

/** Whether a socket has its port for itself or is one of several workers' on it. */
public enum PortSharing {
  ALONE,
  /** Bound as if it were alone, so that a port that another program has is noticed. */
  FIRST,
  /** Joins the port of a first one, of the same user (SO_REUSEPORT). */
  FURTHER
}
