package io.roadcast.bench.child;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface that nobody has at the moment. */
public final class FreePorts {
  private FreePorts() {}

  public static int tcp() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public static int udp() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /** Of both transports at once. */
  public static int both() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp =
            new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
      return udp.getLocalPort();
    }
  }
}
