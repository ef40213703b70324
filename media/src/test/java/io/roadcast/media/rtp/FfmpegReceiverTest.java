package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.Vectors;
import io.roadcast.media.ffmpeg.FfmpegTools;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.nal.NalPacketizer;
import io.roadcast.media.video.Keyframes;
import io.roadcast.media.video.VideoPayloads;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg receives our RTP over loopback and must decode the very pictures of the source. */
@Timeout(120)
class FfmpegReceiverTest {
  private static final int SSRC = 0x12345678;

  /** Pictures leave apart, or the receiver's socket would overflow. */
  private static final long FRAME_NANOS = 2_000_000;

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "H264, h264_high_322x182_b.h264, 30",
    "H265, h265_main_318x178_no_b.h265, 30",
    "H265, h265_main10_160x96_b.h265, 30",
  })
  void decodesTheVectors(Codec codec, String file, int frames) throws Exception {
    byte[] stream = Vectors.bytes(file);
    check(codec, Vectors.accessUnits(codec, stream), frames);
  }

  @Test
  void decodesThePicturesOfATerminal() throws Exception {
    List<List<ByteBuffer>> units = new ArrayList<>();
    for (Captures.CapturedFrame frame : Captures.frames("h264_cif_106s_sim6_ch3.bin")) {
      if (units.size() < 200) {
        units.add(AnnexB.split(ByteBuffer.wrap(frame.body())));
      }
    }
    check(Codec.H264, units, 200);
  }

  private void check(Codec codec, List<List<ByteBuffer>> units, int frames) throws Exception {
    List<ByteBuffer> all = units.stream().flatMap(List::stream).toList();
    String format = codec == Codec.H264 ? "h264" : "hevc";
    Path source = Files.write(directory.resolve("source." + format), AnnexB.join(all).array());
    List<String> expected = pictures(start("-f", format, "-i", source.toString()));
    assertThat(expected).hasSize(frames);

    int port = freePort();
    Path description = Files.writeString(directory.resolve("stream.sdp"), sdp(codec, port));
    Process receiver = start("-protocol_whitelist", "file,udp,rtp", "-i", description.toString());
    try {
      awaitBound(port + 1);
      send(codec, units, port);
      assertThat(pictures(receiver)).startsWith(expected.toArray(String[]::new));
    } finally {
      receiver.destroyForcibly();
    }
  }

  private Process start(String... input) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-loglevel", "warning"));
    arguments.addAll(List.of(input));
    arguments.addAll(List.of("-fps_mode", "passthrough", "-f", "framemd5", "-"));
    return FfmpegTools.ffmpeg(arguments.toArray(String[]::new))
        .redirectError(directory.resolve("ffmpeg.log").toFile())
        .start();
  }

  /** The checksum of each decoded picture. */
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

  /** Sends the stream twice, because the end (on the other port) may overtake the last pictures. */
  private static void send(Codec codec, List<List<ByteBuffer>> units, int port) throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    NalPacketizer packetizer = VideoPayloads.packetizer(codec);
    byte[] packet = new byte[1200];
    int sequence = 65_500;
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      for (int i = 0; i < 2 * units.size(); i++) {
        List<ByteBuffer> unit = units.get(i % units.size());
        packetizer.write(unit, writer);
        boolean keyframe = Keyframes.isKeyframe(codec, unit);
        RtpBlock block = writer.finish(codec, keyframe, i * 40_000L, 0);
        List<ByteBuffer> payloads = Payloads.of(block);
        for (ByteBuffer payload : payloads) {
          int marker = payload == payloads.getLast() ? RtpHeader.MARKER : 0;
          int time = (int) block.timeTicks();
          RtpHeader.write(packet, 0, RtpHeader.PLAIN, marker | 96, sequence, time, SSRC);
          int length = RtpHeader.FIXED_BYTES + payload.remaining();
          payload.get(packet, RtpHeader.FIXED_BYTES, payload.remaining());
          socket.send(new DatagramPacket(packet, length, LOOPBACK, port));
          sequence = SequenceNumber.plus(sequence, 1);
        }
        block.release();
        LockSupport.parkNanos(FRAME_NANOS);
      }
      List<RtcpPacket> end =
          List.of(
              new RtcpPacket.ReceiverReport(SSRC, List.of()),
              new RtcpPacket.Bye(List.of(SSRC), ""));
      int length = RtcpPacket.writeCompound(end, packet, 0);
      socket.send(new DatagramPacket(packet, length, LOOPBACK, port + 1));
    }
    assertThat(pool.leaks()).isEmpty();
  }

  private static String sdp(Codec codec, int port) {
    return """
    v=0
    o=- 0 0 IN IP4 127.0.0.1
    s=-
    c=IN IP4 127.0.0.1
    t=0 0
    m=video %d RTP/AVP 96
    a=rtpmap:96 %s/90000
    a=fmtp:96 %s
    """
        .formatted(port, codec, codec == Codec.H264 ? "packetization-mode=1" : "tx-mode=SRST");
  }

  /** An even port that is free with the one above it. */
  private static int freePort() throws IOException {
    while (true) {
      try (DatagramSocket first = new DatagramSocket(0, LOOPBACK)) {
        int even = first.getLocalPort() & ~1;
        if (even == first.getLocalPort() && isFree(even + 1)) {
          return even;
        }
      }
    }
  }

  private static void awaitBound(int port) {
    Awaitility.await().until(() -> !isFree(port));
  }

  private static boolean isFree(int port) throws IOException {
    try (DatagramSocket probe = new DatagramSocket(null)) {
      probe.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (SocketException e) {
      return false;
    }
  }
}
