package io.roadcast.jtt.jt1078;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamState;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class Jt1078ServerTest {
  private static final byte[] KEYFRAME =
      HexFormat.of()
          .parseHex("000000016742c01eda0280bfe540" + "0000000168ce3c80" + "0000000165888420aabb");
  private static final byte[] PREDICTED = HexFormat.of().parseHex("00000001419a2040aabb");

  /** A terminal of our own making: every second frame of channel 1 is a keyframe. */
  private static final class Camera {
    private final Jt1078PacketEncoder encoder;
    private long time = 1_000_000;

    Camera(String terminal) {
      encoder = new Jt1078PacketEncoder(TerminalId.ofDigits(terminal, IdWidth.SIX));
    }

    byte[] pictures(int channel, int count) {
      ByteBuf out = Unpooled.buffer();
      for (int i = 0; i < count; i++) {
        boolean key = i % 2 == 0;
        PacketType type = key ? PacketType.I_FRAME : PacketType.P_FRAME;
        ByteBuffer body = ByteBuffer.wrap(key ? KEYFRAME : PREDICTED);
        encoder.encode(out, channel, type, PayloadTypes.H264, time, body);
        time += 40;
      }
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return bytes;
    }

    byte[] sound(int channel, int blocks) {
      ByteBuf out = Unpooled.buffer();
      for (int i = 0; i < blocks; i++) {
        ByteBuffer body = ByteBuffer.wrap(new byte[160]);
        encoder.encode(out, channel, PacketType.AUDIO, PayloadTypes.G711_U, time, body);
        time += 20;
      }
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return bytes;
    }
  }

  private static Stream stream(IngestFixture ingest, String id) {
    return Objects.requireNonNull(ingest.router.find(StreamId.parse(id, Quality.MAIN)));
  }

  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 13800138000-1, 4111, 89, 0",
    "h264_cif_40s_sim6_lowfps.bin, 12345678999-1, 270, 6, 0",
    "h264_cif_106s_sim6_ch3.bin, 1901305037-3, 931, 37, 0",
    "h264_adpcm_hisi_1s_sim6.bin, 13800138999-2, 18, 1, 0",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 156987000796-1, 102, 2, 214"
  })
  void publishesEveryFrameOfACaptureOverTcp(
      String file, String id, int pictures, int keyframes, int sounds) throws Exception {
    byte[] capture = Captures.read(file);
    for (int seed = 1; seed <= 3; seed++) {
      try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
        Socket socket = ingest.connect();
        IngestFixture.sendInPieces(socket, capture, new Random(seed));
        socket.close();
        RecordingSink viewer = ingest.viewer(id);
        await().until(() -> viewer.pictures.get() >= pictures && viewer.sounds.get() >= sounds);
        await().until(() -> viewer.news.contains("interrupted"));
        assertThat(viewer.pictures).hasValue(pictures);
        assertThat(viewer.keyframes).hasValue(keyframes);
        assertThat(viewer.sounds).hasValue(sounds);
        assertThat(viewer.stepsBack).hasValue(0);
        assertThat(ingest.server.statistics().skippedBytes()).isZero();
        assertThat(ingest.server.statistics().gaps()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 13800138000-1, 4111, 0",
    "h264_cif_40s_sim6_lowfps.bin, 12345678999-1, 270, 0",
    "h264_cif_106s_sim6_ch3.bin, 1901305037-3, 931, 0",
    "h264_adpcm_hisi_1s_sim6.bin, 13800138999-2, 18, 0",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 156987000796-1, 102, 214"
  })
  void publishesEveryFrameOfACaptureOverUdpThoughReorderedAndDoubled(
      String file, String id, int pictures, int sounds) throws Exception {
    List<byte[]> packets = IngestFixture.packetsOf(Captures.read(file));
    for (int seed = 0; seed < 2; seed++) {
      List<byte[]> sent = seed == 0 ? packets : disturbed(packets, new Random(seed));
      try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
        ingest.sendPaced(ingest.datagramSocket(), sent);
        RecordingSink viewer = ingest.viewer(id);
        await().until(() -> viewer.pictures.get() >= pictures && viewer.sounds.get() >= sounds);
        assertThat(viewer.pictures).hasValue(pictures);
        assertThat(viewer.sounds).hasValue(sounds);
        assertThat(viewer.stepsBack).hasValue(0);
        assertThat(ingest.server.statistics().lostPackets()).isZero();
      }
    }
  }

  /** Every run of eight packets but the first in random order, every tenth packet twice. */
  private static List<byte[]> disturbed(List<byte[]> packets, Random random) {
    List<byte[]> sent = new ArrayList<>(packets.subList(0, 8));
    for (int at = 8; at < packets.size(); at += 8) {
      List<byte[]> run = new ArrayList<>(packets.subList(at, Math.min(at + 8, packets.size())));
      Collections.shuffle(run, random);
      sent.addAll(run);
      if (random.nextBoolean()) {
        sent.add(run.getFirst());
      }
    }
    return sent;
  }

  @Test
  void countsWhatUdpLostAndGoesOnAtAKeyframe() throws Exception {
    List<byte[]> packets = IngestFixture.packetsOf(Captures.read("h264_cif_106s_sim6_ch3.bin"));
    Random random = new Random(11);
    List<byte[]> sent = new ArrayList<>();
    int lost = 0;
    for (int i = 0; i < packets.size(); i++) {
      if (i > 100 && i < packets.size() - 100 && random.nextInt(200) == 0) {
        lost++;
      } else {
        sent.add(packets.get(i));
      }
    }
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      ingest.sendPaced(ingest.datagramSocket(), sent);
      await().until(() -> ingest.server.statistics().packets() == sent.size());
      assertThat(ingest.server.statistics().lostPackets()).isEqualTo(lost);
      RecordingSink viewer = ingest.viewer("1901305037-3");
      assertThat(viewer.pictures.get()).isBetween(400, 930);
      assertThat(stream(ingest, "1901305037-3").uplink().lostPackets()).isEqualTo(lost);
      assertThat(stream(ingest, "1901305037-3").uplink().damagedFrames())
          .isEqualTo(ingest.server.statistics().dropped(DropReason.DAMAGED_FRAME))
          .isPositive();
    }
  }

  @Test
  void publishesSeveralChannelsAndSoundOfOneConnection() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Camera camera = new Camera("013912345678");
      Socket socket = ingest.connect();
      socket.getOutputStream().write(camera.pictures(1, 10));
      socket.getOutputStream().write(camera.sound(1, 10));
      socket.getOutputStream().write(camera.pictures(64, 6));
      RecordingSink one = ingest.viewer("13912345678-1");
      RecordingSink other = ingest.viewer("13912345678-64");
      await().until(() -> one.pictures.get() == 10 && one.sounds.get() == 10);
      await().until(() -> other.pictures.get() == 6);
      assertThat(stream(ingest, "13912345678-1").video())
          .isEqualTo(
              new VideoFormat(
                  Codec.H264, "Constrained Baseline", "42c01e", "3.0", 640, 360, false));
      ConnectionInfo info = ingest.server.connections().getFirst();
      assertThat(info.streams()).hasSize(2);
      assertThat(info.packets()).isEqualTo(26);
      assertThat(info.source().transport()).isEqualTo("tcp");
      assertThat(stream(ingest, "13912345678-1").uplink().packets()).isEqualTo(20);
    }
  }

  @Test
  void letsANewerConnectionTakeOverAndClosesTheOlder() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Socket older = ingest.connect();
      older.getOutputStream().write(new Camera("13912345678").pictures(1, 4));
      RecordingSink viewer = ingest.viewer("13912345678-1");
      await().until(() -> viewer.pictures.get() == 4);
      Socket newer = ingest.connect();
      newer.getOutputStream().write(new Camera("13912345678").pictures(1, 6));
      await().until(() -> viewer.pictures.get() == 10);
      assertThat(IngestFixture.closed(older)).isTrue();
      await().until(() -> ingest.server.connectionCount() == 1);
      assertThat(viewer.news).isEmpty();
      assertThat(viewer.stepsBack).hasValue(0);
      assertThat(ingest.server.statistics().closed(CloseReason.SUPERSEDED)).isEqualTo(1);
    }
  }

  @Test
  void keepsAConnectionWhoseOtherChannelIsStillWanted() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Camera camera = new Camera("13912345678");
      Socket older = ingest.connect();
      older.getOutputStream().write(camera.pictures(1, 2));
      older.getOutputStream().write(camera.pictures(2, 2));
      RecordingSink second = ingest.viewer("13912345678-2");
      await().until(() -> second.pictures.get() == 2);
      ingest.connect().getOutputStream().write(new Camera("13912345678").pictures(1, 2));
      RecordingSink first = ingest.viewer("13912345678-1");
      await().until(() -> first.pictures.get() == 4);
      older.getOutputStream().write(camera.pictures(2, 2));
      await().until(() -> second.pictures.get() == 4);
    }
  }

  @Test
  void resumesAStreamWhoseCameraComesBack() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Socket socket = ingest.connect();
      socket.getOutputStream().write(new Camera("13912345678").pictures(1, 4));
      RecordingSink viewer = ingest.viewer("13912345678-1");
      await().until(() -> viewer.pictures.get() == 4);
      socket.close();
      await().until(() -> stream(ingest, "13912345678-1").state() == StreamState.INTERRUPTED);
      ingest.connect().getOutputStream().write(new Camera("13912345678").pictures(1, 4));
      await().until(() -> viewer.pictures.get() == 8);
      assertThat(viewer.news).containsExactly("interrupted", "resumed");
      assertThat(viewer.stepsBack).hasValue(0);
    }
  }

  @Test
  void closesAConnectionThatNeverSendsAndOneThatFallsSilent() throws Exception {
    Jt1078Config config = IngestFixture.CONFIG.withSilentTimeout(Duration.ofMillis(300));
    try (IngestFixture ingest = new IngestFixture(config)) {
      Socket never = ingest.connect();
      Socket silent = ingest.connect();
      silent.getOutputStream().write(new Camera("13912345678").pictures(1, 4));
      assertThat(IngestFixture.closed(never)).isTrue();
      assertThat(IngestFixture.closed(silent)).isTrue();
      await().until(() -> ingest.server.connectionCount() == 0);
      assertThat(ingest.server.statistics().closed(CloseReason.NEVER_SENT)).isEqualTo(1);
      assertThat(ingest.server.statistics().closed(CloseReason.SILENT)).isEqualTo(1);
      assertThat(stream(ingest, "13912345678-1").state()).isEqualTo(StreamState.INTERRUPTED);
    }
  }

  @Test
  void closesAFloodOfNoiseWhileStreamsGoOn() throws Exception {
    Jt1078Config config = IngestFixture.CONFIG.withSilentTimeout(Duration.ofSeconds(2));
    try (IngestFixture ingest = new IngestFixture(config)) {
      Socket good = ingest.connect();
      Camera camera = new Camera("13912345678");
      good.getOutputStream().write(camera.pictures(1, 4));
      Socket flood = ingest.connect();
      byte[] noise = new byte[200_000];
      new Random(12).nextBytes(noise);
      try {
        flood.getOutputStream().write(noise);
      } catch (IOException e) {
        assertThat(e).isNotNull(); // closed while it was still being sent
      }
      assertThat(IngestFixture.closed(flood)).isTrue();
      Socket foreign = ingest.connect();
      foreign.getOutputStream().write("$$dc0242,2,123456789012345\r\n".getBytes(US_ASCII));
      DatagramSocket udp = ingest.datagramSocket();
      udp.send(new java.net.DatagramPacket(noise, 1400, ingest.address()));
      good.getOutputStream().write(camera.pictures(1, 4));
      RecordingSink viewer = ingest.viewer("13912345678-1");
      await().until(() -> viewer.pictures.get() == 8);
      assertThat(IngestFixture.closed(foreign)).isTrue();
      assertThat(ingest.server.statistics().closed(CloseReason.GARBAGE)).isEqualTo(1);
      await().until(() -> ingest.server.statistics().dropped(DropReason.FOREIGN_DATAGRAM) == 1);
      assertThat(ingest.server.statistics().skippedBytes()).isGreaterThan(65_000);
    }
  }

  @Test
  void survivesTruncatedAndOversizedPacketsOnALiveConnection() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Camera camera = new Camera("13912345678");
      Socket socket = ingest.connect();
      socket.getOutputStream().write(camera.pictures(1, 4));
      byte[] oversized = camera.pictures(1, 1);
      oversized[28] = (byte) 0xff;
      oversized[29] = (byte) 0xff;
      socket.getOutputStream().write(oversized);
      socket.getOutputStream().write(camera.pictures(1, 1), 0, 40);
      socket.getOutputStream().write(camera.pictures(1, 4));
      RecordingSink viewer = ingest.viewer("13912345678-1");
      await().until(() -> viewer.pictures.get() >= 7);
      assertThat(viewer.news).isEmpty();
      assertThat(ingest.server.statistics().dropped(DropReason.OVERSIZED_BODY)).isEqualTo(1);
    }
  }

  @Test
  void refusesMoreConnectionsThanAllowed() throws Exception {
    Jt1078Config config = IngestFixture.CONFIG.withMaxConnections(3, 2);
    try (IngestFixture ingest = new IngestFixture(config)) {
      Socket first = ingest.connect();
      Socket second = ingest.connect();
      await().until(() -> ingest.server.connectionCount() == 2);
      assertThat(IngestFixture.closed(ingest.connect())).isTrue();
      assertThat(ingest.server.statistics().closed(CloseReason.TOO_MANY_OF_ADDRESS)).isEqualTo(1);
      first.close();
      await().until(() -> ingest.server.connectionCount() == 1);
      ingest.connect().getOutputStream().write(new Camera("13912345678").pictures(1, 2));
      ingest.viewer("13912345678-1");
      assertThat(second.isClosed()).isFalse();
    }
  }

  @Test
  void tellsViewersWhenItStops() throws Exception {
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      Socket socket = ingest.connect();
      socket.getOutputStream().write(new Camera("13912345678").pictures(1, 4));
      RecordingSink viewer = ingest.viewer("13912345678-1");
      ingest.server.close();
      assertThat(viewer.news).containsExactly("interrupted");
      assertThat(IngestFixture.closed(socket)).isTrue();
      assertThat(ingest.server.statistics().closed(CloseReason.STOPPING)).isEqualTo(1);
    }
  }

  @Test
  void decidesTheIdsWidthOfALonePacketAfterAWhile() throws Exception {
    // Read with a 10-byte id, the packet is not complete: only time tells that no more will come.
    byte[] lone =
        HexFormat.of()
            .parseHex(
                "3031636481e20000"
                    + "013912345678"
                    + "0100"
                    + "0000011000000000"
                    + "0000"
                    + "0000"
                    + "000e"
                    + "00000001"
                    + "65888420aabbccddeeff");
    try (IngestFixture ingest = new IngestFixture(IngestFixture.CONFIG)) {
      ingest.connect().getOutputStream().write(lone);
      RecordingSink viewer = ingest.viewer("13912345678-1");
      assertThat(viewer.pictures).hasValue(0);
      assertThat(ingest.server.statistics().packets()).isEqualTo(1);
    }
  }
}
