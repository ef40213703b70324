package io.roadcast.sfu.transport;

import io.roadcast.sfu.linux.LinuxUdpPorts;
import io.roadcast.sfu.linux.NativePortException;
import io.roadcast.sfu.udp.NioUdpPort;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the kind of UDP port at start, and binds one for each worker. */
final class UdpPorts {
  private static final Logger log = LoggerFactory.getLogger(UdpPorts.class);

  /** Binds one socket of the chosen kind. */
  private interface Binder {
    UdpPort bind(InetSocketAddress address, int bufferBytes, PortSharing sharing)
        throws IOException;
  }

  private final Binder binder;
  private final String reason;

  private UdpPorts(Binder binder, String reason) {
    this.binder = binder;
    this.reason = reason;
  }

  /**
   * @throws IOException if the native port is demanded and does not work here
   */
  static UdpPorts choose(UdpPortKind wanted, SegmentationOffload offload) throws IOException {
    if (wanted == UdpPortKind.NIO) {
      return new UdpPorts(NioUdpPort::bind, "configured");
    }
    try {
      LinuxUdpPorts ports =
          LinuxUdpPorts.probe(
              switch (offload) {
                case AUTO -> LinuxUdpPorts.Offload.WHERE_POSSIBLE;
                case OFF -> LinuxUdpPorts.Offload.NEVER;
              });
      log.info("UDP by Linux' own calls, {}", segmentation(ports));
      return new UdpPorts(ports::bind, wanted == UdpPortKind.AUTO ? "probed" : "configured");
    } catch (NativePortException e) {
      if (wanted == UdpPortKind.NATIVE) {
        throw new IOException("the native UDP port does not work here: " + e.getMessage(), e);
      }
      log.info("UDP by the JDK, one call per packet: {}", e.getMessage());
      return new UdpPorts(NioUdpPort::bind, e.reason().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String segmentation(LinuxUdpPorts ports) {
    return ports.segmentationRefusal().isEmpty()
        ? "up to " + ports.maxDatagrams() + " packets a message"
        : "one message per packet (" + ports.segmentationRefusal() + ")";
  }

  /** Why this kind. */
  String reason() {
    return reason;
  }

  /**
   * One socket per worker, all on the port that the first one got. The group is complete before
   * anybody knows the port, and stays as it is: a socket that left would move other sockets' peers.
   */
  List<UdpPort> bind(SfuConfig config, int workers) throws IOException {
    InetAddress address = config.listenAddress();
    List<UdpPort> ports = new ArrayList<>();
    int port = config.addresses().port();
    try {
      while (ports.size() < workers) {
        InetSocketAddress wanted = new InetSocketAddress(address, port);
        UdpPort bound =
            binder.bind(wanted, config.sockets().bufferBytes(), sharing(ports.size(), workers));
        ports.add(bound);
        port = bound.localAddress().getPort();
      }
      return ports;
    } catch (IOException e) {
      for (UdpPort bound : ports) {
        bound.close();
      }
      throw new IOException("UDP port " + port + " can not be bound: " + e.getMessage(), e);
    }
  }

  private static PortSharing sharing(int bound, int workers) {
    if (workers == 1) {
      return PortSharing.ALONE;
    }
    return bound == 0 ? PortSharing.FIRST : PortSharing.FURTHER;
  }
}
