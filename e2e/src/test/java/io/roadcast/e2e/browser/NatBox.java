package io.roadcast.e2e.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one browser and the server's media port as a NAT does, and can change the address
 * that the server sees, as NATs do after a while or when a telephone changes its network.
 */
final class NatBox implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 20;

  private final SocketAddress server;
  private final DatagramSocket inside = socket();
  private volatile DatagramSocket outside = socket();
  private volatile @Nullable SocketAddress browser;

  NatBox(int serverPort) {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    Thread.ofPlatform().daemon().name("nat-inside").start(this::passOut);
    passIn(outside);
  }

  /** Where the browser has to send. */
  int insidePort() {
    return inside.getLocalPort();
  }

  /** Where the server sees the browser. */
  int outsidePort() {
    return outside.getLocalPort();
  }

  /** The server sees another address from now on, and reaches nobody at the former one. */
  void rebind() {
    DatagramSocket before = outside;
    DatagramSocket after = socket();
    passIn(after);
    outside = after;
    before.close();
  }

  @Override
  public void close() {
    inside.close();
    outside.close();
  }

  private void passOut() {
    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
    while (!inside.isClosed()) {
      try {
        datagram.setLength(2048);
        inside.receive(datagram);
        browser = datagram.getSocketAddress();
        datagram.setSocketAddress(server);
        outside.send(datagram);
      } catch (IOException closedMeanwhile) {
        // its datagram is lost
      }
    }
  }

  private void passIn(DatagramSocket from) {
    Thread.ofPlatform()
        .daemon()
        .name("nat-outside")
        .start(
            () -> {
              DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
              while (!from.isClosed()) {
                try {
                  datagram.setLength(2048);
                  from.receive(datagram);
                  SocketAddress to = browser;
                  if (to != null) {
                    datagram.setSocketAddress(to);
                    inside.send(datagram);
                  }
                } catch (IOException closedMeanwhile) {
                  // its datagram is lost
                }
              }
            });
  }

  private static DatagramSocket socket() {
    try {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setReceiveBufferSize(BUFFER_BYTES);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
