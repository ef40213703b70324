package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.LeakPresenceDetector;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamListener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port, with a viewer on every stream from its first frame on. */
final class IngestFixture implements AutoCloseable, StreamListener {
  static final Jt1078Config CONFIG =
      Jt1078Config.of(Quality.MAIN).withBindAddress("127.0.0.1").withPort(0);

  final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(20), 1 << 24, 2_000), pool);
  final Jt1078Server server;
  final Map<String, RecordingSink> viewers = new ConcurrentHashMap<>();
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  IngestFixture(Jt1078Config config) throws IOException {
    server = new Jt1078Server(config, router);
    router.addListener(this);
    server.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address());
    opened.add(socket);
    return socket;
  }

  DatagramSocket datagramSocket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    opened.add(socket);
    return socket;
  }

  /** Sends in pieces of 1 byte to 64 KB, small and large ones alike. */
  static void sendInPieces(Socket socket, byte[] bytes, Random random) throws IOException {
    for (int at = 0; at < bytes.length; ) {
      int piece = Math.min(1 + random.nextInt(1 << random.nextInt(17)), bytes.length - at);
      socket.getOutputStream().write(bytes, at, piece);
      at += piece;
    }
  }

  /** Sends each datagram, never more ahead of the server than its socket can hold. */
  void sendPaced(DatagramSocket socket, List<byte[]> datagrams) throws IOException {
    long handledBefore = handled();
    for (int i = 0; i < datagrams.size(); i++) {
      byte[] datagram = datagrams.get(i);
      socket.send(new java.net.DatagramPacket(datagram, datagram.length, address()));
      long due = handledBefore + i - 40;
      if (i % 20 == 0) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> handled() >= due);
      }
    }
  }

  private long handled() {
    return server.statistics().packets()
        + server.statistics().lostPackets()
        + server.statistics().dropped(DropReason.DUPLICATE_DATAGRAM)
        + server.statistics().dropped(DropReason.LATE_DATAGRAM);
  }

  static List<byte[]> packetsOf(byte[] capture) {
    List<byte[]> packets = new ArrayList<>();
    Jt1078PacketDecoder decoder =
        new Jt1078PacketDecoder(65535, 65535, ExpectedTerminals.unknown());
    ByteBuf bytes = Unpooled.wrappedBuffer(capture);
    for (Jt1078Packet packet = decoder.next(bytes); packet != null; packet = decoder.next(bytes)) {
      byte[] copy = new byte[packet.length()];
      bytes.getBytes(bytes.readerIndex() - copy.length, copy);
      packets.add(copy);
    }
    return packets;
  }

  RecordingSink viewer(String stream) {
    await().until(() -> viewers.containsKey(stream));
    return Objects.requireNonNull(viewers.get(stream));
  }

  /** Whether the server has closed this connection. */
  static boolean closed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void started(Stream stream) {
    RecordingSink sink = new RecordingSink();
    stream.subscribe(sink);
    viewers.put(stream.id().toString(), sink);
  }

  @Override
  public void changed(Stream stream) {}

  @Override
  public void interrupted(Stream stream) {}

  @Override
  public void resumed(Stream stream) {}

  @Override
  public void stopped(Stream stream, String reason) {}

  /** Closes everything; nothing may be left behind. */
  @Override
  public void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    server.close();
    assertThat(server.connectionCount()).isZero();
    router.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
    LeakPresenceDetector.check();
  }
}
