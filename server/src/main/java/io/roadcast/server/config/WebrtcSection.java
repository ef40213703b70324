package io.roadcast.server.config;

import io.roadcast.sfu.transport.SegmentationOffload;
import io.roadcast.sfu.transport.UdpPortKind;
import io.roadcast.signaling.whep.IceServer;
import java.time.Duration;
import java.util.List;

/** The port, the workers and the limits of the viewers. */
public record WebrtcSection(
    @Between(min = "0", max = "65535") int port,
    List<String> publicAddresses,
    List<String> iceServers,
    String turnUsername,
    Secret turnCredential,
    @Between(min = "0", max = "64") int workers,
    @Between(min = "1", max = "1000000") int maxViewers,
    @Between(min = "1", max = "1000000") int maxViewersPerStream,
    @Between(min = "1s", max = "5m") Duration connectTimeout,
    @Between(min = "5s", max = "10m") Duration consentTimeout,
    @Between(min = "1", max = "10000") int burstMegabitsPerViewer,
    @Between(min = "1", max = "100000") int burstMegabitsPerWorker,
    EncryptionMode encryption,
    PlayoutMode playoutDelay,
    @Between(min = "100ms", max = "30s") Duration window,
    @Between(min = "256KiB", max = "1GiB") int maxWindowBytes,
    @Between(min = "64KiB", max = "256MiB") int socketBufferBytes,
    UdpPortKind udp,
    SegmentationOffload segmentationOffload,
    boolean tcp) {
  public WebrtcSection {
    for (String address : publicAddresses) {
      if (!address.matches("[0-9A-Fa-f:.]+|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
        throw new IllegalArgumentException(
            "public-addresses are IP addresses or host names, not " + address);
      }
    }
    for (String url : iceServers) {
      new IceServer(url, null, null);
    }
  }
}
