package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.h265.H265NalType;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * H.265 to a viewer who offers it: the packets that it decrypts are given to FFmpeg, which puts
 * them together by itself and must see the very pictures of the camera.
 */
@Timeout(120)
class H265PassthroughTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int PICTURES = 30;
  private static final Path VECTOR =
      Path.of(
          System.getProperty("basedir", "."),
          "../media/src/test/resources/vectors/h265_main_318x178_no_b.h265");

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(2, Duration.ofSeconds(5), 1 << 20, 100), pool);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    router.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void ffmpegSeesTheVeryPicturesInThePackets() throws Exception {
    List<List<ByteBuffer>> units = accessUnits(Files.readAllBytes(VECTOR));
    assertThat(units).hasSize(PICTURES);
    List<String> expected = pictures(start("-f", "hevc", "-i", VECTOR.toString()));
    assertThat(expected).hasSize(PICTURES);
    Publication camera =
        router.publish(StreamId.ofTerminal("13912345678", 1, Quality.MAIN), new Camera());
    try (SfuServer sfu =
        SfuServer.start(
            SfuConfig.defaults()
                .withUdpPort(0)
                .withWorkers(1)
                .withBindAddresses(List.of(LOOPBACK)))) {
      publish(camera, units, 0);
      String offer =
          LoopbackViewer.offer()
              .replace("a=rtpmap:102 H264/90000", "a=rtpmap:102 H265/90000")
              .replaceAll("a=fmtp:102 [^\r]*\r\n", "");
      try (LoopbackViewer viewer = LoopbackViewer.connect(sfu, camera.stream(), offer)) {
        assertThat(viewer.session.sdpAnswer()).contains("H265/90000").doesNotContain("H264");
        for (int i = 1; i < PICTURES; i++) {
          int before = i;
          await()
              .atMost(SOON)
              .pollInterval(Duration.ofMillis(2))
              .until(() -> markers(viewer) >= before);
          publish(camera, units, i);
        }
        await().atMost(SOON).until(() -> markers(viewer) == PICTURES);
        assertThat(throughFfmpeg(viewer.ofType(LoopbackViewer.VIDEO))).isEqualTo(expected);
      }
    }
  }

  private static long markers(LoopbackViewer viewer) {
    return viewer.ofType(LoopbackViewer.VIDEO).stream()
        .filter(LoopbackViewer.Packet::marker)
        .count();
  }

  private static void publish(Publication camera, List<List<ByteBuffer>> units, int index)
      throws Exception {
    List<ByteBuffer> unit = units.get(index);
    camera.video(
        new VideoFrame(
            Codec.H265, unit, H265NalType.isKeyframe(unit), index * 40_000L, System.nanoTime()));
  }

  /** The checksums of the pictures that FFmpeg's own receiver makes of the packets. */
  private List<String> throughFfmpeg(List<LoopbackViewer.Packet> packets) throws Exception {
    int port = freePort();
    Path description = Files.writeString(directory.resolve("stream.sdp"), sdp(port));
    Process receiver = start("-protocol_whitelist", "file,udp,rtp", "-i", description.toString());
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      await().atMost(SOON).until(() -> !isFree(port + 1));
      // Twice, because the goodbye, on the other port, may overtake the last pictures.
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < packets.size(); i++) {
          byte[] packet = rtp(packets.get(i), round * packets.size() + i, round);
          socket.send(new DatagramPacket(packet, packet.length, LOOPBACK, port));
          LockSupport.parkNanos(500_000);
        }
      }
      byte[] bye = {(byte) 0x81, (byte) 203, 0, 1, 0x12, 0x34, 0x56, 0x78};
      byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0x12, 0x34, 0x56, 0x78};
      ByteBuffer goodbye = ByteBuffer.allocate(16).put(report).put(bye);
      socket.send(new DatagramPacket(goodbye.array(), 16, LOOPBACK, port + 1));
      List<String> seen = pictures(receiver);
      assertThat(seen).hasSizeGreaterThanOrEqualTo(PICTURES);
      return seen.subList(0, PICTURES);
    } finally {
      receiver.destroyForcibly();
    }
  }

  private static byte[] rtp(LoopbackViewer.Packet packet, int number, int round) {
    byte[] payload = packet.payload();
    return ByteBuffer.allocate(12 + payload.length)
        .put((byte) 0x80)
        .put((byte) (packet.marker() ? 0x80 | 96 : 96))
        .putShort((short) number)
        .putInt(packet.timestamp() + round * 900_000)
        .putInt(0x12345678)
        .put(payload)
        .array();
  }

  private Process start(String... input) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-loglevel", "warning"));
    arguments.addAll(List.of(input));
    arguments.addAll(List.of("-fps_mode", "passthrough", "-f", "framemd5", "-"));
    return FfmpegTools.ffmpeg(arguments.toArray(String[]::new))
        .redirectError(directory.resolve("ffmpeg.log").toFile())
        .start();
  }

  private static List<String> pictures(Process ffmpeg) throws Exception {
    List<String> checksums = new ArrayList<>();
    for (String line : ffmpeg.inputReader().lines().toList()) {
      if (!line.startsWith("#")) {
        checksums.add(line.substring(line.lastIndexOf(',') + 1).strip());
      }
    }
    assertThat(ffmpeg.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return checksums;
  }

  private static String sdp(int port) {
    return "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video "
        + port
        + " RTP/AVP 96\na=rtpmap:96 H265/90000\n";
  }

  /** Each picture of this vector is one slice. */
  private static List<List<ByteBuffer>> accessUnits(byte[] stream) throws Exception {
    List<List<ByteBuffer>> units = new ArrayList<>();
    List<ByteBuffer> unit = new ArrayList<>();
    for (ByteBuffer nal : AnnexB.split(ByteBuffer.wrap(stream))) {
      unit.add(nal);
      if ((nal.get(nal.position()) >> 1 & 0x3f) < 32) {
        units.add(List.copyOf(unit));
        unit.clear();
      }
    }
    return units;
  }

  private static int freePort() throws Exception {
    while (true) {
      try (DatagramSocket first = new DatagramSocket(0, LOOPBACK)) {
        if (first.getLocalPort() % 2 == 0 && isFree(first.getLocalPort() + 1)) {
          return first.getLocalPort();
        }
      }
    }
  }

  private static boolean isFree(int port) throws Exception {
    try (DatagramSocket probe = new DatagramSocket(port, LOOPBACK)) {
      return probe.isBound();
    } catch (SocketException taken) {
      return false;
    }
  }

  private static final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "none", "nowhere");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
