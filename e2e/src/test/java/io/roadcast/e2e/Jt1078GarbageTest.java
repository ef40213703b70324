package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may arrive at the port of the terminals, while another terminal is watched. */
@Tag("slow")
@Timeout(60)
class Jt1078GarbageTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MAX_PER_ADDRESS = 120;
  private static final String CLOSED = "roadcast_ingest_connections_closed_total";
  private static final String DROPPED = "roadcast_ingest_dropped_total";
  private static final String SKIPPED = "roadcast_ingest_skipped_bytes_total";

  private static RunningServer server;
  private static Witness witness;

  private final Random random = new Random(6611);

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            Map.of(
                "jt1078.silent-timeout", "1s",
                "jt1078.udp-flow-timeout", "2s",
                "streams.grace", "0s",
                "jt1078.max-garbage-bytes", "16KiB",
                "jt1078.max-connections-per-address", Integer.toString(MAX_PER_ADDRESS)));
    witness = Witness.start(server, "13900000001");
  }

  @AfterAll
  static void stop() {
    if (witness != null) {
      witness.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void undisturbedBefore() {
    witness.assertUndisturbed();
  }

  @AfterEach
  void undisturbedAfter() {
    witness.assertUndisturbed();
    server.assertHealthy();
  }

  @Test
  void randomBytesCloseTheirConnectionAfterABoundedAmount() throws Exception {
    double before = closed("garbage");
    try (Socket socket = connect()) {
      long sent = sendUntilClosed(socket);
      assertThat(sent).as("bytes until the end").isLessThan(16 << 20);
    }
    await().atMost(SOON).until(() -> closed("garbage") == before + 1);
    assertThat(server.metric().sum(SKIPPED)).isGreaterThanOrEqualTo(16 * 1024);
  }

  @Test
  void randomDatagramsAreCountedOneByOne() throws Exception {
    double before = dropped("foreign_datagram");
    byte[] bytes = new byte[700];
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 300; i++) {
        random.nextBytes(bytes);
        send(socket, bytes, 1 + random.nextInt(bytes.length));
      }
      send(socket, bytes, 0);
    }
    await().atMost(SOON).until(() -> dropped("foreign_datagram") == before + 301);
  }

  @Test
  void aPacketThatIsCutAtTheEndOfAConnectionIsCounted() throws Exception {
    double before = dropped("truncated_packet");
    byte[] packets = packets("13900000002", 1000);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(packets, 0, packets.length - 10);
    }
    await().atMost(SOON).until(() -> dropped("truncated_packet") == before + 1);
  }

  @Test
  void aCutDatagramIsCounted() throws Exception {
    double before = server.metric().sum(DROPPED);
    byte[] packet = packets("13900000003", 400);
    int sent = 0;
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int length = 1; length < packet.length; length += 20) {
        send(socket, packet, length);
        sent++;
      }
    }
    double all = before + sent;
    await().atMost(SOON).until(() -> server.metric().sum(DROPPED) == all);
  }

  @Test
  void aBodyOf65535BytesIsNotWaitedFor() throws Exception {
    double oversized = dropped("oversized_body");
    byte[] packet = packets("13900000004", 900);
    int lengthAt = 28;
    packet[lengthAt] = (byte) 0xff;
    packet[lengthAt + 1] = (byte) 0xff;
    byte[] right = packets("13900000004", 900);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(right);
      socket.getOutputStream().write(packet);
      socket.getOutputStream().write(right);
      await().atMost(SOON).until(() -> dropped("oversized_body") == oversized + 1);
    }
  }

  @Test
  void anotherProtocolIsClosedWhenItSaysNothingSensible() throws Exception {
    double before = closed("never_sent");
    try (Socket socket = connect()) {
      String foreign = "$$dc0242,863835020075979,AAA,35,22.540113,113.952748*C2\r\n";
      socket.getOutputStream().write(foreign.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout((int) SOON.toMillis());
      assertThat(socket.getInputStream().read()).as("end of the connection").isEqualTo(-1);
    }
    await().atMost(SOON).until(() -> closed("never_sent") == before + 1);
  }

  @Test
  void aConnectionThatNeverSendsIsClosed() throws Exception {
    double before = closed("never_sent");
    long begun = System.nanoTime();
    try (Socket socket = connect()) {
      socket.setSoTimeout((int) SOON.toMillis());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(950));
    await().atMost(SOON).until(() -> closed("never_sent") == before + 1);
  }

  @Test
  void hundredsOfConnectionsFindTheLimitOfTheirAddress() throws Exception {
    double refused = closed("too_many_of_address");
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        sockets.add(connect());
      }
      await()
          .atMost(SOON)
          .until(() -> closed("too_many_of_address") >= refused + 400 - MAX_PER_ADDRESS);
      witness.assertUndisturbed();
      assertThat(server.jt1078ConnectionsOpen()).isLessThanOrEqualTo(MAX_PER_ADDRESS);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().atMost(SOON).until(() -> server.jt1078ConnectionsOpen() == 1);
  }

  @Test
  void hundredsOfDatagramSendersFindTheLimitOfTheirAddress() throws Exception {
    double before = dropped("foreign_datagram");
    for (int i = 0; i < 400; i++) {
      try (DatagramSocket socket = new DatagramSocket()) {
        byte[] packet = packets("139%08d".formatted(10_000_000 + i), 100);
        send(socket, packet, packet.length);
      }
    }
    int portsUsedTwice = 30;
    double refused = before + 400 - MAX_PER_ADDRESS - portsUsedTwice;
    await().atMost(SOON).until(() -> dropped("foreign_datagram") >= refused);
    assertThat(server.jt1078ConnectionsOpen()).isLessThanOrEqualTo(1 + MAX_PER_ADDRESS);
    await().atMost(SOON).until(() -> server.jt1078ConnectionsOpen() == 1);
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address());
    return socket;
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.jt1078Port());
  }

  private static void send(DatagramSocket socket, byte[] bytes, int length) throws IOException {
    socket.send(new DatagramPacket(bytes, length, address()));
  }

  /** Sends random bytes; returns how many went until the server had enough. */
  private long sendUntilClosed(Socket socket) throws IOException {
    byte[] bytes = new byte[4096];
    OutputStream out = socket.getOutputStream();
    long sent = 0;
    try {
      while (sent < 64 << 20) {
        random.nextBytes(bytes);
        out.write(bytes);
        sent += bytes.length;
      }
    } catch (SocketException closed) {
      return sent;
    }
    return sent;
  }

  /** One picture that nobody can decode, as the packets of a terminal with a 6-byte id. */
  private static byte[] packets(String terminal, int bytes) {
    Jt1078PacketEncoder encoder =
        new Jt1078PacketEncoder(TerminalId.ofDigits(terminal, IdWidth.SIX));
    ByteBuf out = Unpooled.buffer();
    encoder.encode(out, 1, PacketType.P_FRAME, PayloadTypes.H264, 0, ByteBuffer.allocate(bytes));
    byte[] packets = new byte[out.readableBytes()];
    out.readBytes(packets);
    out.release();
    return packets;
  }

  private static double closed(String reason) {
    return server.metric().sum(CLOSED, "reason=\"" + reason + "\"");
  }

  private static double dropped(String reason) {
    return server.metric().sum(DROPPED, "reason=\"" + reason + "\"");
  }
}
