package io.roadcast.sfu.udp;

/**
 * A peer's address as its port wants it for sending, prepared once per path so that nothing is made
 * per packet. Usable with the port that made it only.
 */
public interface PeerPath {
  PeerAddress address();
}
