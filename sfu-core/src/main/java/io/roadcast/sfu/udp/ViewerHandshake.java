package io.roadcast.sfu.udp;

/**
 * A viewer's DTLS as its worker sees it: datagrams go in here; datagrams to send, keys and the end
 * come back through {@link Viewer}'s methods for any thread. Nothing here blocks.
 */
public interface ViewerHandshake {
  /**
   * A datagram from the viewer's proved address.
   *
   * @param datagram belongs to the handshake from now on
   */
  void received(byte[] datagram);

  /** Says close_notify if there is somebody to say it to, and ends. */
  void close();
}
