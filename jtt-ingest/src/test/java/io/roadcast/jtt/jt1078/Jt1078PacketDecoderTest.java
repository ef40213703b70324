package io.roadcast.jtt.jt1078;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Jt1078PacketDecoderTest {
  private static final TerminalId SIX = TerminalId.ofDigits("13912345678", IdWidth.SIX);
  private static final TerminalId TEN = TerminalId.ofDigits("13912345678", IdWidth.TEN);

  private final List<String> packets = new ArrayList<>();
  private Jt1078PacketDecoder decoder = decoder();

  private static Jt1078PacketDecoder decoder() {
    return new Jt1078PacketDecoder(8192, 65536, ExpectedTerminals.unknown());
  }

  /** What was decoded from bytes that come in pieces of the given sizes. */
  private void feed(byte[] bytes, Random random, int maxPiece) {
    ByteBuf pending = Unpooled.buffer();
    for (int at = 0; at < bytes.length; ) {
      int piece = Math.min(1 + random.nextInt(maxPiece), bytes.length - at);
      pending.writeBytes(bytes, at, piece);
      at += piece;
      drain(pending);
      pending.discardReadBytes();
    }
    decoder.decideNow();
    drain(pending);
    decoder.finish(pending);
  }

  private void feed(byte[] bytes) {
    feed(bytes, new Random(1), bytes.length);
  }

  private void drain(ByteBuf pending) {
    for (Jt1078Packet packet = decoder.next(pending);
        packet != null;
        packet = decoder.next(pending)) {
      packets.add(describe(packet));
    }
  }

  private static String describe(Jt1078Packet packet) {
    return packet.terminal()
        + "-"
        + packet.channel()
        + " "
        + packet.width().bytes()
        + " #"
        + packet.sequence()
        + " "
        + packet.type().label()
        + " "
        + packet.subPacket().label()
        + " pt"
        + packet.payloadType()
        + (packet.marker() ? "M" : "")
        + " t"
        + packet.timestamp()
        + " "
        + packet.keyframeInterval()
        + "/"
        + packet.frameInterval()
        + " n"
        + packet.bodyLength();
  }

  private static byte[] frame(
      Jt1078PacketEncoder encoder, PacketType type, int payloadType, long time, int bytes) {
    ByteBuf out = Unpooled.buffer();
    byte[] body = new byte[bytes];
    new Random(bytes).nextBytes(body);
    encoder.encode(out, 1, type, payloadType, time, ByteBuffer.wrap(body));
    return bytesOf(out);
  }

  private static byte[] video(Jt1078PacketEncoder encoder, long time, int bytes) {
    return frame(encoder, PacketType.P_FRAME, PayloadTypes.H264, time, bytes);
  }

  private static byte[] bytesOf(ByteBuf out) {
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteBuf joined = Unpooled.buffer();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return bytesOf(joined);
  }

  private static byte[] noise(int seed, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 6063, 13800138000-1",
    "h264_cif_40s_sim6_lowfps.bin, 314, 12345678999-1",
    "h264_cif_106s_sim6_ch3.bin, 1478, 1901305037-3",
    "h264_adpcm_hisi_1s_sim6.bin, 57, 13800138999-2",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 540, 156987000796-1"
  })
  void cutsCapturesHoweverTheyArePieced(String file, int count, String stream) {
    byte[] capture = Captures.read(file);
    feed(capture);
    assertThat(packets).hasSize(count).allMatch(line -> line.startsWith(stream + " 6 #"));
    assertThat(decoder.skippedBytes()).isZero();
    List<String> whole = List.copyOf(packets);
    for (int maxPiece : new int[] {1, 31, 1400, 65536}) {
      packets.clear();
      decoder = decoder();
      feed(capture, new Random(maxPiece), maxPiece);
      assertThat(packets).isEqualTo(whole);
      assertThat(decoder.skippedBytes()).isZero();
    }
  }

  @Test
  void readsATenByteIdFromItsFirstPacket() {
    feed(Captures.read("singles/h264_p_atomic_sim10.bin"));
    assertThat(packets)
        .containsExactly("866496077582164-1 10 #118 P atomic pt98M t29826261 1866/33 n103");
  }

  @ParameterizedTest
  @CsvSource({
    "g726_24k_le_40ms_a.bin, 11234567810-1 6 #4282 audio atomic pt8M t1562085871501 0/0 n120",
    "h264_p_atomic_a.bin, 11234567810-1 6 #4232 P atomic pt98M t1562085870204 640/40 n46"
  })
  void readsSinglePackets(String file, String expected) {
    feed(Captures.read("singles/" + file));
    assertThat(packets).containsExactly(expected);
  }

  @Test
  void readsAnIFrameOfFivePackets() {
    feed(Captures.read("singles/h264_iframe_5packets_ch2.bin"));
    assertThat(packets).hasSize(5).allMatch(line -> line.startsWith("1901305037-2 6 #"));
    assertThat(decoder.skippedBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000056AEBC2A", "000000001003", "000000000000"})
  void takesLeadingZerosForPartOfASixByteId(String id) {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(TerminalId.ofDigits(id, IdWidth.SIX));
    feed(join(video(encoder, 0, 100), video(encoder, 40, 3000)), new Random(2), 7);
    String digits = id.replaceFirst("^0+(?=.)", "");
    assertThat(packets).hasSize(5).allMatch(line -> line.startsWith(digits + "-1 6 #"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0x100000abb6fL, 607775195621L, -1, 0x0001020304050607L})
  void tellsBothWidthsApartWhateverTheTimestamp(long time) {
    for (TerminalId id : List.of(SIX, TEN)) {
      Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(id);
      packets.clear();
      decoder = decoder();
      feed(join(video(encoder, time, 1), video(encoder, time, 2000)), new Random(3), 50);
      assertThat(packets)
          .hasSize(4)
          .allMatch(line -> line.startsWith("13912345678-1 " + id.width().bytes() + " #"));
    }
  }

  @Test
  void settlesAnAmbiguousIdByTheTerminalThatIsExpected() {
    // Both readings are a P packet, and both end at the same place: no field tells them apart.
    byte[] packet =
        HexFormat.of()
            .parseHex(
                "3031636481e20001" // magic, flags, H.264, sequence
                    + "000056aebc2a" // id, or its first six bytes
                    + "0110" // channel and type, or the id's seventh and eighth byte
                    + "0000021000000000" // timestamp, or two id bytes, channel, type
                    + "000000000007" // intervals, 7 bytes of body
                    + "00000003aabbcc"); // or 3
    for (IdWidth width : IdWidth.values()) {
      String digits = width == IdWidth.SIX ? "56AEBC2A" : "56AEBC2A01100000";
      packets.clear();
      decoder = new Jt1078PacketDecoder(8192, 65536, terminal -> terminal.digits().equals(digits));
      feed(packet);
      assertThat(packets).hasSize(1).allMatch(line -> line.startsWith(digits + "-"));
    }
  }

  @Test
  void waitsForTheSecondPacketWhereTheFirstLeavesTheWidthOpen() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    byte[] first = video(encoder, 0, 400);
    ByteBuf pending = Unpooled.buffer().writeBytes(first);
    Jt1078Packet packet = decoder.next(pending);
    if (packet == null) {
      assertThat(decoder.undecided()).isTrue();
      decoder.decideNow();
      packet = decoder.next(pending);
    }
    assertThat(packet).isNotNull();
    assertThat(pending.isReadable()).isFalse();
  }

  @Test
  void findsPacketsBetweenGarbage() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    byte[] foreign = "$$dc0242,2\r\n$$dc0243,01c01cd,01cd\r\n".getBytes(US_ASCII);
    byte[] bytes =
        join(
            foreign,
            video(encoder, 0, 2000),
            noise(4, 777),
            video(encoder, 40, 2000),
            foreign,
            video(encoder, 80, 2000),
            noise(5, 333));
    for (int maxPiece : new int[] {1, 100, 10_000}) {
      packets.clear();
      decoder = decoder();
      feed(bytes, new Random(6), maxPiece);
      assertThat(packets).hasSizeGreaterThanOrEqualTo(8);
      assertThat(decoder.skippedBytes()).isGreaterThanOrEqualTo(2L * foreign.length + 777 + 333);
    }
  }

  @Test
  void dropsATruncatedPacketAndKeepsTheNext() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    byte[] one = video(encoder, 0, 600);
    byte[] cut = Arrays.copyOf(video(encoder, 40, 900), 300);
    byte[] bytes = join(one, cut, video(encoder, 80, 500), video(encoder, 120, 700));
    feed(bytes);
    assertThat(packets)
        .extracting(line -> line.substring(line.indexOf(" n")))
        .containsExactly(" n600", " n500", " n700");
    assertThat(decoder.skippedBytes()).isEqualTo(300);
    assertThat(decoder.truncatedPackets()).isEqualTo(1);
  }

  @Test
  void doesNotCutAtAMagicInsideABody() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    byte[] inner = video(new Jt1078PacketEncoder(SIX), 7, 50);
    ByteBuf out = Unpooled.buffer();
    for (int i = 0; i < 10; i++) {
      encoder.encode(
          out,
          1,
          PacketType.P_FRAME,
          PayloadTypes.H264,
          i * 40L,
          ByteBuffer.wrap(join(inner, inner)));
    }
    feed(bytesOf(out), new Random(7), 64);
    assertThat(packets).hasSize(10);
    assertThat(decoder.skippedBytes()).isZero();
  }

  @Test
  void takesOddFlagsWhereItIsInOrderAndFindsThemAgain() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    ByteBuf out = Unpooled.buffer();
    for (int i = 0; i < 6; i++) {
      byte[] packet = video(encoder, i * 40L, 200);
      packet[4] = (byte) 0x80;
      out.writeBytes(packet);
      if (i == 2) {
        out.writeBytes(noise(8, 100));
      }
    }
    feed(bytesOf(out));
    assertThat(packets).hasSize(6);
    assertThat(decoder.skippedBytes()).isEqualTo(100);
  }

  @Test
  void passesAnEmptyBodyOn() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    feed(join(video(encoder, 0, 0), video(encoder, 40, 10), video(encoder, 80, 0)));
    assertThat(packets).hasSize(3);
  }

  @Test
  void readsAudioWithAVideoPayloadTypeOnceItIsConfirmed() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(TEN);
    byte[] one = frame(encoder, PacketType.AUDIO, PayloadTypes.H264, 5, 320);
    byte[] two = frame(encoder, PacketType.AUDIO, PayloadTypes.H264, 45, 320);
    feed(join(one, two), new Random(9), 10);
    assertThat(packets).hasSize(2).allMatch(line -> line.contains("audio atomic pt98"));
  }

  @Test
  void refusesBodiesAboveTheLimitAndGoesOn() {
    Jt1078PacketEncoder huge = new Jt1078PacketEncoder(SIX, 65535, 1);
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(SIX);
    byte[] bytes =
        join(
            video(encoder, 0, 100),
            video(huge, 40, 65535),
            video(encoder, 80, 100),
            video(encoder, 120, 9));
    feed(bytes);
    assertThat(packets)
        .extracting(line -> line.substring(line.indexOf(" n")))
        .containsExactly(" n100", " n100", " n9");
    assertThat(decoder.oversizedBodies()).isEqualTo(1);

    packets.clear();
    decoder = new Jt1078PacketDecoder(65535, 65536, ExpectedTerminals.unknown());
    feed(bytes);
    assertThat(packets).hasSize(4);
  }

  @Test
  void callsAFloodOfNoiseAbuse() {
    ByteBuf pending = Unpooled.wrappedBuffer(noise(10, 70_000));
    assertThat(decoder.next(pending)).isNull();
    assertThat(decoder.abused()).isTrue();
    assertThat(pending.readableBytes()).isLessThan(8192 + 100);
  }

  @Test
  void readsOnePacketPerDatagramAndDropsWhatIsCutOff() {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(TEN);
    for (int i = 0; i < 3; i++) {
      ByteBuf datagram = Unpooled.wrappedBuffer(video(encoder, 0, 300));
      if (i == 1) {
        datagram.writerIndex(200);
      }
      decoder.startDatagram();
      drain(datagram);
      decoder.finish(datagram);
    }
    assertThat(packets)
        .extracting(line -> line.substring(0, line.indexOf(" P")))
        .containsExactly("13912345678-1 10 #0", "13912345678-1 10 #2");
    assertThat(decoder.truncatedPackets()).isEqualTo(1);
  }
}
