package io.roadcast.sfu.transport;

import io.roadcast.sfu.udp.DialledPeers;
import io.roadcast.sfu.udp.MediaWorker;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.webrtc.DtlsServer;
import java.net.InetSocketAddress;
import java.util.List;

/** The media port for going out to other servers. Any thread. */
public final class DialOut {
  private final List<InetSocketAddress> addresses;
  private final MediaWorker worker;
  private final DialledPeers peers;
  private final DtlsServer dtls;

  DialOut(
      List<InetSocketAddress> addresses, MediaWorker worker, DialledPeers peers, DtlsServer dtls) {
    this.addresses = List.copyOf(addresses);
    this.worker = worker;
    this.peers = peers;
    this.dtls = dtls;
  }

  /** Where the port is reached, the preferred one first. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Who is to be told what comes in. */
  public DialledPeers peers() {
    return peers;
  }

  /** Has our certificate, and takes the handshakes of peers that want to begin them. */
  public DtlsServer dtls() {
    return dtls;
  }

  /**
   * Sends a datagram from the port.
   *
   * @param datagram belongs to the port from now on
   */
  public void send(InetSocketAddress to, byte[] datagram) {
    worker.send(PeerAddress.of(to), datagram);
  }
}
