package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import java.io.IOException;

/**
 * Handshakes of the server with itself, before the first viewer comes: what a handshake needs is
 * loaded and compiled by the first few, which would take that viewer a third of a second.
 */
public final class DtlsRehearsal {
  private DtlsRehearsal() {}

  /**
   * Shakes hands so many times, one after the other. Blocks; any thread.
   *
   * @return how many came to their end
   */
  public static int run(DtlsCertificate certificate, int times) {
    DtlsServer server = new DtlsServer(certificate, times); // the end of one may overlap the next
    int established = 0;
    for (int i = 0; i < times; i++) {
      established += shakeHands(server, certificate) ? 1 : 0;
    }
    return established;
  }

  private static boolean shakeHands(DtlsServer server, DtlsCertificate certificate) {
    RehearsedPeer peer = new RehearsedPeer(certificate);
    DtlsEndpoint endpoint =
        server.endpoint(certificate.fingerprint(), peer::deliver, new Indifferent());
    try {
      peer.connect(endpoint);
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      endpoint.close();
    }
  }

  /** The peer sees for itself how it goes. */
  private static final class Indifferent implements DtlsListener {
    @Override
    public void established(SrtpKeys keys) {}

    @Override
    public void failed(DtlsFailure failure, String detail) {}

    @Override
    public void closedByPeer() {}
  }
}
