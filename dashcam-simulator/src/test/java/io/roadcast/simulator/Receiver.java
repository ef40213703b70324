package io.roadcast.simulator;

import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.Jt1078PacketDecoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.SubPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that keeps what it is sent, connection by connection; over UDP all in one. */
final class Receiver implements AutoCloseable {
  /** A packet as it came in. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Received(
      String terminal,
      IdWidth width,
      int channel,
      PacketType type,
      SubPacket place,
      int payloadType,
      int sequence,
      long timestamp,
      byte[] body) {}

  private final ServerSocket server;
  private final DatagramSocket datagrams;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<ByteArrayOutputStream> connections = new CopyOnWriteArrayList<>();
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  Receiver() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = new ServerSocket(0, 50, loopback);
    datagrams = new DatagramSocket(0, loopback);
    Thread.ofVirtual().start(this::accept);
    Thread.ofVirtual().start(this::receive);
  }

  int port() {
    return server.getLocalPort();
  }

  int udpPort() {
    return datagrams.getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  List<byte[]> datagrams() {
    return received;
  }

  byte[] bytes(int connection) {
    return connections.size() > connection
        ? connections.get(connection).toByteArray()
        : new byte[0];
  }

  /** All packets of a connection that are complete. */
  List<Received> packets(int connection) {
    return parse(bytes(connection));
  }

  static List<Received> parse(byte[] bytes) {
    Jt1078PacketDecoder decoder =
        new Jt1078PacketDecoder(0xffff, Integer.MAX_VALUE, ExpectedTerminals.unknown());
    List<Received> packets = new ArrayList<>();
    var buffer = Unpooled.wrappedBuffer(bytes);
    for (Jt1078Packet packet = decoder.next(buffer);
        packet != null;
        packet = decoder.next(buffer)) {
      byte[] body = new byte[packet.bodyLength()];
      packet.buffer().getBytes(packet.bodyOffset(), body);
      packets.add(
          new Received(
              packet.terminal().digits(),
              packet.width(),
              packet.channel(),
              packet.type(),
              packet.subPacket(),
              packet.payloadType(),
              packet.sequence(),
              packet.timestamp(),
              body));
    }
    return packets;
  }

  /** The complete access units of one channel, from its packets in order. */
  static List<byte[]> accessUnits(List<Received> packets, int channel) {
    List<byte[]> units = new ArrayList<>();
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    for (Received packet : packets) {
      if (packet.channel() == channel && packet.type().video()) {
        unit.writeBytes(packet.body());
        if (packet.place() == SubPacket.ATOMIC || packet.place() == SubPacket.LAST) {
          units.add(unit.toByteArray());
          unit.reset();
        }
      }
    }
    return units;
  }

  void closeConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sockets.add(socket);
        connections.add(bytes);
        Thread.ofVirtual().start(() -> read(socket, bytes));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void read(Socket socket, ByteArrayOutputStream bytes) {
    try (socket) {
      byte[] chunk = new byte[65536];
      for (int count = socket.getInputStream().read(chunk);
          count >= 0;
          count = socket.getInputStream().read(chunk)) {
        bytes.write(chunk, 0, count);
      }
    } catch (IOException ended) {
      return;
    }
  }

  private void receive() {
    while (!datagrams.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
        datagrams.receive(packet);
        received.add(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    datagrams.close();
    closeConnections();
  }
}
