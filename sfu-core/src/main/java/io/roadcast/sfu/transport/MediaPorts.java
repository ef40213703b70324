package io.roadcast.sfu.transport;

import io.roadcast.sfu.tcp.TcpPort;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The media port, bound: the workers' UDP sockets and, on the same number, TCP.
 *
 * @param tcp null if no connections are taken
 */
record MediaPorts(List<UdpPort> udp, @Nullable ServerSocketChannel tcp) {
  /** Any port will do: somebody else's connection may have the number over TCP. */
  private static final int ATTEMPTS_FOR_ANY_PORT = 20;

  MediaPorts {
    udp = List.copyOf(udp);
  }

  int number() {
    return udp.getFirst().localAddress().getPort();
  }

  /**
   * @throws IOException if the port can not be bound
   */
  static MediaPorts bind(SfuConfig config, UdpPorts kind) throws IOException {
    int attempts =
        config.addresses().port() == 0 && config.sockets().tcp() ? ATTEMPTS_FOR_ANY_PORT : 1;
    for (int attempt = 1; ; attempt++) {
      List<UdpPort> udp = kind.bind(config, config.workerCount());
      try {
        return new MediaPorts(udp, config.sockets().tcp() ? bindTcp(config, udp.getFirst()) : null);
      } catch (IOException e) {
        for (UdpPort bound : udp) {
          bound.close();
        }
        if (attempt == attempts) {
          throw e;
        }
      }
    }
  }

  private static ServerSocketChannel bindTcp(SfuConfig config, UdpPort udp) throws IOException {
    int port = udp.localAddress().getPort();
    try {
      return TcpPort.bind(new InetSocketAddress(config.listenAddress(), port));
    } catch (BindException e) {
      throw new IOException("TCP port " + port + " can not be bound: " + e.getMessage(), e);
    }
  }
}
