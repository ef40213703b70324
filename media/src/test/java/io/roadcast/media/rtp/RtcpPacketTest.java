package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket.Bye;
import io.roadcast.media.rtp.RtcpPacket.CanonicalName;
import io.roadcast.media.rtp.RtcpPacket.ExtendedReport;
import io.roadcast.media.rtp.RtcpPacket.Fir;
import io.roadcast.media.rtp.RtcpPacket.FirEntry;
import io.roadcast.media.rtp.RtcpPacket.Nack;
import io.roadcast.media.rtp.RtcpPacket.Pli;
import io.roadcast.media.rtp.RtcpPacket.ReceiverReport;
import io.roadcast.media.rtp.RtcpPacket.Remb;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtcpPacket.SourceDescription;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import io.roadcast.media.rtp.RtcpPacket.Unknown;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpPacketTest {
  private static final int SSRC = 0xCAFE0001;
  private static final int OTHER = 0x80000002;

  /** A packet and its bytes. */
  record Vector(String hex, RtcpPacket packet) {}

  /** Bytes written by hand from the figures of the RFCs. */
  static Stream<Vector> packets() {
    ReportBlock block = new ReportBlock(OTHER, 255, -2, 0x0001FFFF, 90, 0x11112222, 0x00010000);
    String blockHex = "80000002 fffffffe 0001ffff 0000005a 11112222 00010000";
    return Stream.of(
        new Vector(
            "80c80006 cafe0001 e8754c10 80000000 fffffff0 00000005 000003e8",
            new SenderReport(SSRC, 0xE8754C1080000000L, -16, 5, 1000, List.of())),
        new Vector(
            "81c8000c cafe0001 00000000 00000001 00000002 00000003 00000004" + blockHex,
            new SenderReport(SSRC, 1, 2, 3, 4, List.of(block))),
        new Vector("80c90001 cafe0001", new ReceiverReport(SSRC, List.of())),
        new Vector(
            "82c9000d cafe0001" + blockHex + blockHex,
            new ReceiverReport(SSRC, List.of(block, block))),
        new Vector(
            "81ca0003 cafe0001 01046162 63640000",
            new SourceDescription(List.of(new CanonicalName(SSRC, "abcd")))),
        new Vector(
            "82ca0006 cafe0001 01026162 00000000 80000002 01036162 63000000",
            new SourceDescription(
                List.of(new CanonicalName(SSRC, "ab"), new CanonicalName(OTHER, "abc")))),
        new Vector("81cb0001 cafe0001", new Bye(List.of(SSRC), "")),
        new Vector("82cb0003 cafe0001 80000002 03627965", new Bye(List.of(SSRC, OTHER), "bye")),
        new Vector(
            "81cd0004 cafe0001 80000002 fffe8005 00200000",
            new Nack(SSRC, OTHER, List.of(65_534, 65_535, 1, 14, 32))),
        new Vector("81ce0002 cafe0001 80000002", new Pli(SSRC, OTHER)),
        new Vector(
            "84ce0004 cafe0001 00000000 80000002 ff000000",
            new Fir(SSRC, List.of(new FirEntry(OTHER, 255)))),
        new Vector(
            "8fce0005 cafe0001 00000000 52454d42 010bd090 80000002",
            new Remb(SSRC, 0x3D090L << 2, List.of(OTHER))),
        new Vector(
            "80cf0003 cafe0001 04000001 00000000",
            new ExtendedReport(SSRC, bytes("0400000100000000"))),
        new Vector("85cc0001 41424344", new Unknown(204, 5, bytes("41424344"))),
        new Vector("83cd0002 cafe0001 80000002", new Unknown(205, 3, bytes("cafe000180000002"))),
        new Vector(
            "8fce0003 cafe0001 00000000 4e4f5045",
            new Unknown(206, 15, bytes("cafe0001000000004e4f5045"))));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void readsAndWritesTheBytesOfTheStandard(Vector vector) throws Exception {
    byte[] bytes = array(vector.hex());
    assertThat(RtcpPacket.parseCompound(bytes, 0, bytes.length)).containsExactly(vector.packet());
    byte[] written = new byte[bytes.length + 3];
    assertThat(vector.packet().write(written, 3)).isEqualTo(written.length);
    assertThat(Arrays.copyOfRange(written, 3, written.length)).isEqualTo(bytes);
  }

  @Test
  void readsACompoundPacketAtAnOffset() throws Exception {
    List<RtcpPacket> packets = packets().map(Vector::packet).toList();
    byte[] bytes = new byte[600];
    int end = RtcpPacket.writeCompound(packets, bytes, 7);
    assertThat(RtcpPacket.parseCompound(bytes, 7, end - 7)).isEqualTo(packets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "80c90001",
        "80c90002 cafe0001",
        "80c90000",
        "81c90001 cafe0001",
        "80c80001 cafe0001",
        "40c90001 cafe0001",
        "00c90001 cafe0001",
        "81ca0002 cafe0001 01ff6162",
        "82ca0003 cafe0001 01046162 63640000",
        "82cb0001 cafe0001",
        "80cb0001 05627965",
        "81cd0001 cafe0001",
        "81cd0002 cafe0001 80000002",
        "81ce0001 cafe0001",
        "84ce0003 cafe0001 00000000 80000002",
        "8fce0004 cafe0001 00000000 52454d42 010bd090",
        "80cf0000",
        "a0c90001 cafe0000",
        "a0c90001 cafe0005",
        "a0c90000",
        "8fcd0002 cafe0001 80000002",
        "8fcd0004 cafe0001 80000002 00010000 00000000",
        "8fcd0004 cafe0001 80000002 00010001 00000000",
        "8fcd0005 cafe0001 80000002 0001ffff 00000000 3fff3fff",
        "8fcd0005 cafe0001 80000002 00010001 00000000 60010000",
        "8fcd0005 cafe0001 80000002 00010003 00000000 40030000",
      })
  void refusesWhatDoesNotFit(String hex) {
    byte[] bytes = array(hex);
    assertThatThrownBy(() -> RtcpPacket.parseCompound(bytes, 0, bytes.length))
        .isInstanceOf(MalformedMediaException.class);
  }

  @Test
  void refusesEveryPacketThatIsCutShort() {
    packets()
        .forEach(
            vector -> {
              byte[] bytes = array(vector.hex());
              for (int length = 0; length < bytes.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> RtcpPacket.parseCompound(bytes, 0, cut))
                    .isInstanceOf(MalformedMediaException.class);
              }
            });
  }

  @Test
  void refusesMorePacketsThanItMayHave() throws Exception {
    byte[] bytes = array("80c90001cafe0001".repeat(RtcpPacket.MAX_PACKETS + 1));
    assertThat(RtcpPacket.parseCompound(bytes, 0, bytes.length - 8)).hasSize(64);
    assertThatThrownBy(() -> RtcpPacket.parseCompound(bytes, 0, bytes.length))
        .isInstanceOf(MalformedMediaException.class);
  }

  @Test
  void ignoresPaddingAndItemsThatAreNoName() throws Exception {
    byte[] padded = array("a0c90002 cafe0001 00000004");
    assertThat(RtcpPacket.parseCompound(padded, 0, padded.length))
        .containsExactly(new ReceiverReport(SSRC, List.of()));
    byte[] items = array("82ca0006 cafe0001 08016101 01620000 80000002 06036162 63000000");
    assertThat(RtcpPacket.parseCompound(items, 0, items.length))
        .containsExactly(
            new SourceDescription(
                List.of(new CanonicalName(SSRC, "b"), new CanonicalName(OTHER, ""))));
  }

  @Test
  void readsTransportFeedbackOfEveryKindOfChunk() throws Exception {
    byte[] bytes =
        array(
            "afcd0009 cafe0001 80000002"
                + "fffe0018 fffffe07" // 24 packets from 65534 on, reference time -2
                + "2002" // run of 2 small deltas
                + "c120" // two bits each: 2 lost, small, lost, large, 2 lost
                + "a001" // one bit each: came, 12 lost, came
                + "6000" // an empty run
                + "2001" // run of 1
                + "04 08 10 fff0 20 30 40"
                + "0002"); // padding
    TransportFeedback feedback =
        (TransportFeedback) RtcpPacket.parseCompound(bytes, 0, bytes.length).getFirst();
    int[] ticks = new int[24];
    Arrays.fill(ticks, PacketArrivals.LOST);
    ticks[0] = 4;
    ticks[1] = 12;
    ticks[4] = 28;
    ticks[6] = 12;
    ticks[9] = 44;
    ticks[22] = 92;
    ticks[23] = 156;
    assertThat(feedback.arrivals()).isEqualTo(PacketArrivals.of(ticks));
    assertThat(feedback.baseSequence()).isEqualTo(65_534);
    assertThat(feedback.referenceTime()).isEqualTo(-2);
    assertThat(feedback.feedbackCount()).isEqualTo(7);
    assertThat(feedback.arrivalMicros(1)).isEqualTo(-128_000 + 3000);
  }

  @Test
  void keepsRandomTransportFeedback() throws Exception {
    Random random = new Random(9);
    for (int run = 0; run < 200; run++) {
      int[] ticks = new int[1 + random.nextInt(300)];
      int now = random.nextInt(200);
      for (int i = 0; i < ticks.length; i++) {
        if (random.nextInt(3) == 0) {
          ticks[i] = PacketArrivals.LOST;
        } else {
          now += random.nextInt(6) == 0 ? random.nextInt(65_536) - 32_768 : random.nextInt(256);
          ticks[i] = now;
        }
      }
      TransportFeedback feedback =
          new TransportFeedback(SSRC, OTHER, run * 300, run - 100, run, PacketArrivals.of(ticks));
      byte[] bytes = new byte[1500];
      int end = feedback.write(bytes, 0);
      assertThat(RtcpPacket.parseCompound(bytes, 0, end)).containsExactly(feedback);
    }
  }

  @Test
  void packsNacksAcrossTheWrap() throws Exception {
    List<Integer> lost = new ArrayList<>();
    Random random = new Random(10);
    int sequence = 65_000;
    for (int i = 0; i < 300; i++) {
      sequence = SequenceNumber.plus(sequence, 1 + random.nextInt(8));
      lost.add(sequence);
    }
    byte[] bytes = new byte[1500];
    int end = new Nack(1, 2, lost).write(bytes, 0);
    assertThat(end).isLessThan(12 + 4 * 120);
    assertThat(RtcpPacket.parseCompound(bytes, 0, end)).containsExactly(new Nack(1, 2, lost));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(array(hex));
  }

  private static byte[] array(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
