package io.roadcast.e2e;

import io.roadcast.bench.viewer.OfferExchange;
import io.roadcast.bench.viewer.WhepClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Lets one load viewer, which knows datagrams only, come to the server by TCP: what it sends goes
 * over a connection in the frames of RFC 4571, and back.
 */
final class TcpTunnel implements OfferExchange, AutoCloseable {
  private static final int MAX_PACKET_BYTES = 2048;
  private static final int LENGTH_BYTES = 2;

  private final WhepClient whep;
  private final InetSocketAddress server;
  private final DatagramSocket viewerSide;
  private final Socket serverSide = new Socket();
  private volatile @Nullable SocketAddress viewer;

  TcpTunnel(WhepClient whep, int serverPort) throws IOException {
    this.whep = whep;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    this.viewerSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  /** The server's answer, of whose candidates only ours is left. */
  @Override
  public String answer(String offer) throws IOException, InterruptedException {
    String answer = whep.answer(offer);
    serverSide.setTcpNoDelay(true);
    serverSide.connect(server);
    Thread.ofPlatform().daemon().name("tunnel-out").start(this::passOut);
    Thread.ofPlatform().daemon().name("tunnel-in").start(this::passIn);
    String ours = "a=candidate:1 1 udp 1 127.0.0.1 " + viewerSide.getLocalPort() + " typ host";
    return answer
        .replaceAll("a=candidate:\\S+ 1 udp [^\r\n]*\r\n", "")
        .replaceFirst("a=candidate:\\S+ 1 tcp [^\r\n]* typ host tcptype passive", ours);
  }

  @Override
  public void leave() throws IOException, InterruptedException {
    whep.leave();
  }

  @Override
  public void close() throws IOException {
    viewerSide.close();
    serverSide.close();
  }

  private void passOut() {
    byte[] frame = new byte[LENGTH_BYTES + MAX_PACKET_BYTES];
    DatagramPacket packet = new DatagramPacket(frame, LENGTH_BYTES, MAX_PACKET_BYTES);
    try {
      OutputStream out = serverSide.getOutputStream();
      while (true) {
        packet.setLength(MAX_PACKET_BYTES);
        viewerSide.receive(packet);
        viewer = packet.getSocketAddress();
        frame[0] = (byte) (packet.getLength() >> 8);
        frame[1] = (byte) packet.getLength();
        out.write(frame, 0, LENGTH_BYTES + packet.getLength());
      }
    } catch (IOException over) {
      // one end is closed
    }
  }

  private void passIn() {
    byte[] bytes = new byte[MAX_PACKET_BYTES];
    try {
      DataInputStream in = new DataInputStream(serverSide.getInputStream());
      while (true) {
        int length = in.readUnsignedShort();
        in.readFully(bytes, 0, length);
        SocketAddress to = viewer;
        if (to != null) {
          viewerSide.send(new DatagramPacket(bytes, length, to));
        }
      }
    } catch (IOException over) {
      // one end is closed
    }
  }
}
