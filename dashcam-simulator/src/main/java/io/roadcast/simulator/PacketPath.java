package io.roadcast.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.time.Duration;

/** An open way to the server. Blocks the caller's (virtual) thread; closing ends a blocked call. */
interface PacketPath extends Closeable {
  /** Sends bytes that hold whole packets; UDP sends them as one datagram. */
  void send(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Waits for what the server says: some bytes of a TCP stream, or one datagram.
   *
   * @return how many bytes came, -1 at the end of the connection
   */
  int receive(byte[] buffer) throws IOException;

  /** Waits until the server ended the connection, reading and forgetting what it says. */
  default void awaitEnd() throws IOException {
    byte[] said = new byte[2048];
    while (receive(said) >= 0) {
      // What the server says is of no interest here.
    }
  }

  static PacketPath open(String host, int port, Transport transport, Duration limit)
      throws IOException {
    InetSocketAddress server = new InetSocketAddress(host, port);
    return switch (transport) {
      case TCP -> {
        Socket socket = new Socket();
        try {
          socket.setTcpNoDelay(true);
          socket.connect(server, Math.toIntExact(limit.toMillis()));
        } catch (IOException failed) {
          socket.close();
          throw failed;
        }
        yield new Tcp(socket);
      }
      case UDP -> {
        DatagramSocket socket = new DatagramSocket();
        try {
          socket.connect(server);
        } catch (IOException | RuntimeException failed) {
          socket.close();
          throw failed;
        }
        yield new Udp(socket);
      }
    };
  }

  /** A TCP stream. */
  record Tcp(Socket socket) implements PacketPath {
    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
      socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public int receive(byte[] buffer) throws IOException {
      return socket.getInputStream().read(buffer);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Datagrams to one address. That nobody listens there is no reason to stop sending. */
  record Udp(DatagramSocket socket) implements PacketPath {
    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
      try {
        socket.send(new DatagramPacket(bytes, offset, length));
      } catch (PortUnreachableException nobodyListens) {
        // The datagram is lost, as any other may be.
      }
    }

    @Override
    public int receive(byte[] buffer) throws IOException {
      DatagramPacket said = new DatagramPacket(buffer, buffer.length);
      while (!socket.isClosed()) {
        try {
          socket.receive(said);
          return said.getLength();
        } catch (PortUnreachableException nobodyListens) {
          // See send.
        }
      }
      return -1;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
