package io.roadcast.sfu.webrtc;

/** Our end of a DTLS association, whichever side we are. */
public sealed interface DtlsAssociation permits DtlsCaller, DtlsEndpoint {
  /**
   * Takes a datagram whose first byte says DTLS (20 to 63, RFC 7983). Any thread; does not block.
   *
   * @param datagram belongs to the association from now on
   */
  void receive(byte[] datagram);

  /** Gives a running handshake up, or says close_notify. Any thread; does not block. */
  void close();
}
