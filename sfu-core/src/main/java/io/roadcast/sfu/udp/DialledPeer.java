package io.roadcast.sfu.udp;

/** Somebody that this server went to itself, over the port that viewers come to. */
@FunctionalInterface
public interface DialledPeer {
  /**
   * Takes a datagram of that peer, or one that claims to be. Called on any media worker; must not
   * block.
   *
   * @param datagram belongs to the peer from now on
   */
  void received(PeerAddress from, byte[] datagram);
}
