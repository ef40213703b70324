package io.roadcast.sfu.udp;

/** What a viewer's packets come and go over. */
public enum PeerTransport {
  UDP,
  /** A connection that the viewer opened (RFC 6544). */
  TCP
}
