package io.roadcast.sfu.udp;

import io.roadcast.sfu.srtp.SrtpSendContext;

/** Where one viewer's packets go to and with which keys. */
final class Outlet {
  private final Egress egress;
  private final SrtpSendContext context;
  private PeerPath path;

  Outlet(Egress egress, SrtpSendContext context, PeerPath path) {
    this.egress = egress;
    this.context = context;
    this.path = path;
  }

  Egress egress() {
    return egress;
  }

  SrtpSendContext context() {
    return context;
  }

  PeerPath path() {
    return path;
  }

  /** The viewer proved another address and wants to be sent there. */
  void moveTo(PeerPath newPath) {
    path = newPath;
  }
}
