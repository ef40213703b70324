package io.roadcast.sfu.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** What a viewer of the tests sends and receives packets over. */
interface Wire extends AutoCloseable {
  void send(byte[] packet) throws IOException;

  /** Waits for the next one. */
  byte[] receive() throws IOException;

  boolean isClosed();

  @Override
  void close() throws IOException;

  /** A socket of the server's address family. */
  static Wire udp(InetSocketAddress server) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
    socket.setReceiveBufferSize(4 << 20);
    return new Udp(socket, server);
  }

  /**
   * A connection with the frames of RFC 4571.
   *
   * @param receiveBufferBytes small for a viewer that is soon behind
   */
  static Wire tcp(InetSocketAddress server, int receiveBufferBytes) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBufferBytes);
    socket.setTcpNoDelay(true);
    socket.connect(server);
    return new Tcp(
        socket,
        new DataInputStream(socket.getInputStream()),
        new DataOutputStream(socket.getOutputStream()));
  }

  record Udp(DatagramSocket socket, InetSocketAddress server) implements Wire {
    @Override
    public void send(byte[] packet) throws IOException {
      socket.send(new DatagramPacket(packet, packet.length, server));
    }

    @Override
    public byte[] receive() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  record Tcp(Socket socket, DataInputStream in, DataOutputStream out) implements Wire {
    @Override
    public void send(byte[] packet) throws IOException {
      byte[] frame = new byte[2 + packet.length];
      frame[0] = (byte) (packet.length >> 8);
      frame[1] = (byte) packet.length;
      System.arraycopy(packet, 0, frame, 2, packet.length);
      synchronized (out) {
        out.write(frame);
      }
    }

    @Override
    public byte[] receive() throws IOException {
      byte[] packet = new byte[in.readUnsignedShort()];
      in.readFully(packet);
      return packet;
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
