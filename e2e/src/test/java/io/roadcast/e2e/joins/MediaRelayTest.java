package io.roadcast.e2e.joins;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.e2e.joins.MediaRelay.Way;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaRelayTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void datagramsPassBothWaysAndEachBrowserHasAnAddressOfItsOwn() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, HERE);
        DatagramSocket one = new DatagramSocket(0, HERE);
        DatagramSocket other = new DatagramSocket(0, HERE);
        MediaRelay relay = MediaRelay.start(new Way(5, 2, 0), server.getLocalPort())) {
      DatagramPacket ofOne = exchange(one, relay.port(), server);
      DatagramPacket ofOther = exchange(other, relay.port(), server);
      assertThat(ofOne.getSocketAddress()).isNotEqualTo(ofOther.getSocketAddress());
      answer(server, ofOther, "for the other");
      answer(server, ofOne, "for one");
      assertThat(text(receive(one))).isEqualTo("for one");
      assertThat(text(receive(other))).isEqualTo("for the other");
    }
  }

  @Test
  void whatIsLostIsLost() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, HERE);
        DatagramSocket browser = new DatagramSocket(0, HERE);
        MediaRelay relay = MediaRelay.start(new Way(0, 0, 50), server.getLocalPort())) {
      server.setSoTimeout(2000);
      int arrived = 0;
      for (int i = 0; i < 200; i++) {
        send(browser, relay.port());
      }
      try {
        while (true) {
          receive(server);
          arrived++;
        }
      } catch (SocketTimeoutException silent) {
        assertThat(arrived).isBetween(50, 150);
      }
    }
  }

  private static DatagramPacket exchange(DatagramSocket from, int port, DatagramSocket to)
      throws Exception {
    send(from, port);
    DatagramPacket received = receive(to);
    assertThat(text(received)).isEqualTo("hello");
    return received;
  }

  private static void send(DatagramSocket from, int port) throws Exception {
    byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
    from.send(new DatagramPacket(hello, hello.length, HERE, port));
  }

  private static void answer(DatagramSocket server, DatagramPacket to, String words)
      throws Exception {
    byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
    server.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    socket.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }
}
