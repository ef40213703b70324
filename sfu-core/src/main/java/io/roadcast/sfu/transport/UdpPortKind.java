package io.roadcast.sfu.transport;

/** Which UDP port is wanted. */
public enum UdpPortKind {
  /** The system's own where it works, else the JDK's. */
  AUTO,
  /** The system's own, or no start. */
  NATIVE,
  /** The JDK's. */
  NIO
}
