package io.roadcast.sfu.udp;

import io.roadcast.sfu.congestion.BandwidthEstimator;
import io.roadcast.sfu.srtp.SrtpSendContext;

/** Where one viewer's packets go to, with which keys and how fast. */
final class Outlet {
  private final Egress egress;
  private final SrtpSendContext context;
  private final Pace pace;
  private PeerPath path;

  Outlet(Egress egress, SrtpSendContext context, Pace pace, PeerPath path) {
    this.egress = egress;
    this.context = context;
    this.pace = pace;
    this.path = path;
  }

  Egress egress() {
    return egress;
  }

  /** Makes room for a run; false if the socket, or the viewer's connection, takes no more now. */
  boolean room(int bytes) {
    boolean ready = !(path instanceof ConnectionPath connection) || connection.ready();
    return ready && egress.room(bytes);
  }

  SrtpSendContext context() {
    return context;
  }

  Pace pace() {
    return pace;
  }

  /** A run was added: it counts with the headers of the layers below. */
  void spent(int bytes, int packets) {
    pace.spent(bytes + (long) packets * BandwidthEstimator.DATAGRAM_BYTES);
  }

  PeerPath path() {
    return path;
  }

  /** The viewer proved another address and wants to be sent there. */
  void moveTo(PeerPath newPath) {
    path = newPath;
  }
}
