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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred megabytes of garbage over all ports, after which the server holds what it did. */
@Tag("slow")
@Timeout(180)
class GarbageMemoryTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long MEGABYTE = 1 << 20;
  private static final int SHARE_BYTES = 40 << 20;
  private static final int DATAGRAM_BYTES = 1200;
  private static final int DATAGRAMS_AT_ONCE = 100;

  private final Random random = new Random(20);
  private final byte[] noise = new byte[256 * 1024];

  @Test
  void memoryIsWhatItWasBefore(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux");
    int mediaPort = ServerProcess.freePort();
    Map<String, String> settings =
        Map.of(
            "webrtc.port", Integer.toString(mediaPort),
            "streams.grace", "0s",
            "jt1078.udp-flow-timeout", "1s",
            "jt1078.silent-timeout", "1s");
    try (ServerProcess server = ServerProcess.start(directory, settings)) {
      pour(server, mediaPort, SHARE_BYTES / 20); // classes, buffers and threads of the first time
      settle(server);
      ServerProcess.Held before = server.held();
      long sent = pour(server, mediaPort, SHARE_BYTES);
      settle(server);
      ServerProcess.Held after = server.held();
      System.out.printf("%d MB of garbage%n  before %s%n  after  %s%n", sent >> 20, before, after);

      assertThat(sent).isGreaterThanOrEqualTo(5L * SHARE_BYTES);
      assertThat(after.blocks()).as("blocks").isZero();
      assertThat(after.heapBytes() - before.heapBytes())
          .as("growth of the heap")
          .isLessThan(16 * MEGABYTE);
      assertThat(after.residentBytes() - before.residentBytes())
          .as("growth of the memory")
          .isLessThan(96 * MEGABYTE);
      assertThat(after.descriptors() - before.descriptors()).as("descriptors").isLessThan(20);
      assertThat(after.threads() - before.threads()).as("threads").isLessThan(20);
    }
  }

  /** So many bytes each way; returns the sum. */
  private long pour(ServerProcess server, int mediaPort, int bytesEach) throws IOException {
    return pourInto(server.jt1078Port(), bytesEach)
        + pourInto(server.httpPort(), bytesEach)
        + pourPicturesThatNeverEnd(server.jt1078Port(), bytesEach)
        + pourDatagrams(server.jt1078Port(), bytesEach)
        + pourDatagrams(mediaPort, bytesEach);
  }

  /** Random bytes, on a new connection whenever the server has enough of one. */
  private long pourInto(int port, int bytes) throws IOException {
    byte[] piece = new byte[16 * 1024];
    long sent = 0;
    while (sent < bytes) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoLinger(true, 0);
        while (sent < bytes) {
          random.nextBytes(piece);
          socket.getOutputStream().write(piece);
          sent += piece.length;
        }
      } catch (SocketException closed) {
        // enough of this connection
      }
    }
    return sent;
  }

  /** A terminal each: the beginning of a keyframe, and then the connection breaks. */
  private long pourPicturesThatNeverEnd(int port, int bytes) throws IOException {
    long sent = 0;
    for (int terminal = 0; sent < bytes; terminal++) {
      ByteBuf packets = Unpooled.buffer(noise.length + noise.length / 8);
      random.nextBytes(noise);
      Jt1078PacketEncoder encoder =
          new Jt1078PacketEncoder(TerminalId.ofDigits("1370%07d".formatted(terminal), IdWidth.SIX));
      encoder.encode(packets, 1, PacketType.I_FRAME, PayloadTypes.H264, 0, ByteBuffer.wrap(noise));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(packets.array(), 0, packets.writerIndex() - 500);
      } catch (SocketException closed) {
        // enough of it
      }
      sent += packets.writerIndex() - 500;
      packets.release();
    }
    return sent;
  }

  private long pourDatagrams(int port, int bytes) throws IOException {
    long sent = 0;
    while (sent < bytes) {
      try (DatagramSocket socket = new DatagramSocket()) {
        for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
          random.nextBytes(noise);
          for (int at = 0; at + DATAGRAM_BYTES <= noise.length; at += DATAGRAM_BYTES) {
            socket.send(
                new DatagramPacket(
                    noise, at, DATAGRAM_BYTES, InetAddress.getLoopbackAddress(), port));
          }
          sent += noise.length;
        }
      }
    }
    return sent;
  }

  /** What came in is worked off: no connection of a terminal is left. */
  private static void settle(ServerProcess server) {
    await().atMost(SOON).until(() -> server.metric().sum("roadcast_ingest_connections_open") <= 1);
  }
}
