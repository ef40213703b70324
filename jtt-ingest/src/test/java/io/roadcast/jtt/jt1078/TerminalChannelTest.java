package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class TerminalChannelTest {
  private static final String SPS = "00000001674d0014aa";
  private static final String PPS = "0000000168ee3c80";
  private static final String SEI = "0000000106e50101aa80";
  private static final String IDR = "00000165b8aa";
  private static final String P = "0000000161e2aa";
  private static final String DISPOSABLE = "0000000101e2aa";

  private final List<String> frames = new ArrayList<>();
  private final UplinkCounters counters =
      new UplinkCounters(new IngestStatistics(), new LongAdder(), new UplinkTotals());
  private final List<Long> times = new ArrayList<>();
  private final FrameSink sink =
      new FrameSink() {
        @Override
        public void video(VideoFrame frame) {
          times.add(frame.timeMicros());
          frames.add(
              frame.codec()
                  + (frame.keyframe() ? " key " : " ")
                  + frame.nalUnits().stream()
                      .map(TerminalChannelTest::firstByte)
                      .collect(Collectors.joining(" ")));
        }

        @Override
        public void audio(AudioFrame frame) {
          frames.add(frame.codec() + " " + frame.payload().remaining());
        }
      };
  private final TerminalChannel channel =
      new TerminalChannel(3_000, DamagedPictures.FREEZE, new SoundBuilder(null), counters, sink);
  private final TerminalId terminal = TerminalId.ofDigits("1", IdWidth.SIX);
  private final SequenceTracker sequence = new SequenceTracker();
  private Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(terminal, 20, 0);
  private long time = 1_000;
  private int sent;
  private IntPredicate lost = packet -> false;

  private static String firstByte(ByteBuffer unit) {
    return HexFormat.of().toHexDigits(unit.get(unit.position()));
  }

  private void send(PacketType type, int payloadType, byte[] frame) {
    List<ByteBuf> packets = new ArrayList<>();
    encoder.encode(
        Unpooled::buffer, packets::add, 1, type, payloadType, time, ByteBuffer.wrap(frame));
    for (ByteBuf bytes : packets) {
      if (!lost.test(sent++)) {
        Jt1078Packet packet = new Jt1078Packet().wrap(bytes, 0, IdWidth.SIX);
        if (sequence.missingBefore(packet) != 0) {
          channel.packetsMissing();
        }
        channel.add(packet, time * 1_000_000);
      }
    }
    time += 40;
  }

  private void video(PacketType type, String hex) {
    send(type, PayloadTypes.H264, HexFormat.of().parseHex(hex));
  }

  private void keyframe() {
    video(PacketType.I_FRAME, SPS + PPS + IDR);
  }

  private void predicted() {
    video(PacketType.P_FRAME, P + "11".repeat(40));
  }

  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 4111, 174362",
    "h264_cif_40s_sim6_lowfps.bin, 270, 39600",
    "h264_cif_106s_sim6_ch3.bin, 931, 106122",
    "h264_adpcm_hisi_1s_sim6.bin, 18, 1040",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 102, 4212"
  })
  void keepsTheTimesOfACaptureHoweverFastItComes(String file, int pictures, long spanMillis) {
    List<byte[]> packets = IngestFixture.packetsOf(Captures.read(file));
    for (long nanosPerPacket : new long[] {0, 1_000_000, 20_000_000}) {
      times.clear();
      TerminalChannel fresh =
          new TerminalChannel(
              1 << 20, DamagedPictures.FREEZE, new SoundBuilder(null), counters, sink);
      long now = 0;
      for (byte[] packet : packets) {
        now += nanosPerPacket;
        fresh.add(new Jt1078Packet().wrap(Unpooled.wrappedBuffer(packet), 0, IdWidth.SIX), now);
      }
      assertThat(times).hasSize(pictures);
      assertThat(times.getLast() - times.getFirst()).isEqualTo(spanMillis * 1000);
    }
    assertThat(counters.timestampRepairs.sum()).isZero();
    assertThat(counters.damagedFrames.sum()).isZero();
  }

  @Test
  void picturesThatReferToALostOneAreDroppedOrSmearedAsIsWanted() {
    Jt1078PacketEncoder whole = new Jt1078PacketEncoder(terminal);
    for (DamagedPictures wanted : DamagedPictures.values()) {
      frames.clear();
      TerminalChannel fresh =
          new TerminalChannel(3_000, wanted, new SoundBuilder(null), counters, sink);
      List<ByteBuf> packets = new ArrayList<>();
      for (String picture : List.of(SPS + PPS + IDR, P + "11".repeat(40), P + "22".repeat(40))) {
        PacketType type = picture.startsWith(SPS) ? PacketType.I_FRAME : PacketType.P_FRAME;
        ByteBuffer frame = ByteBuffer.wrap(HexFormat.of().parseHex(picture));
        whole.encode(Unpooled::buffer, packets::add, 1, type, PayloadTypes.H264, time, frame);
        time += 40;
      }
      fresh.add(new Jt1078Packet().wrap(packets.getFirst(), 0, IdWidth.SIX), 0);
      fresh.packetsMissing();
      fresh.add(new Jt1078Packet().wrap(packets.getLast(), 0, IdWidth.SIX), 80_000_000);
      assertThat(frames).hasSize(wanted == DamagedPictures.SMEAR ? 2 : 1);
    }
  }

  @Test
  void splitsAFrameOfSeveralPacketsIntoNalUnits() {
    video(PacketType.I_FRAME, SPS + PPS + SEI + IDR + "00".repeat(5) + "0001" + "65aabb");
    assertThat(frames).containsExactly("H264 key 67 68 06 65 65");
  }

  @Test
  void putsParameterSetsOfFramesOfTheirOwnInFrontOfTheNextPicture() {
    video(PacketType.I_FRAME, SPS);
    video(PacketType.I_FRAME, PPS);
    video(PacketType.P_FRAME, SEI);
    video(PacketType.P_FRAME, IDR);
    predicted();
    assertThat(frames).containsExactly("H264 key 67 68 06 65", "H264 61");
  }

  @Test
  void believesNalTypesAndNotTheNibble() {
    video(PacketType.I_FRAME, P);
    video(PacketType.P_FRAME, SPS + PPS + IDR);
    assertThat(frames).containsExactly("H264 61", "H264 key 67 68 65");
  }

  @ParameterizedTest
  @CsvSource({"3", "4", "5"})
  void passesNothingOnFromALostPacketToTheNextKeyframe(int packet) {
    keyframe(); // packets 0 and 1
    predicted(); // 2 to 4
    lost = packet == 3 ? sent -> sent == 3 : sent -> sent == packet;
    frames.clear();
    sent = 2;
    predicted(); // 2 to 4 again
    predicted(); // 5 to 7
    predicted();
    keyframe();
    predicted();
    int whole = packet == 5 ? 1 : 0;
    assertThat(frames).hasSize(whole + 2).endsWith("H264 key 67 68 65", "H264 61");
    assertThat(counters.damagedFrames.sum()).isEqualTo(3 - whole);
  }

  @Test
  void dropsADisposablePictureAlone() {
    keyframe();
    lost = packet -> packet == 3;
    video(PacketType.B_FRAME, DISPOSABLE + "22".repeat(40)); // packets 2 to 4
    video(PacketType.P_FRAME, P);
    assertThat(counters.damagedFrames.sum()).isGreaterThanOrEqualTo(1);
    keyframe();
    assertThat(frames).startsWith("H264 key 67 68 65").endsWith("H264 key 67 68 65");
  }

  @Test
  void passesOnWhenTheIntervalShowsThatOnlySoundIsMissing() {
    keyframe();
    predicted();
    lost = packet -> true;
    send(PacketType.AUDIO, PayloadTypes.G711_A, new byte[16]);
    lost = packet -> false;
    predicted();
    assertThat(frames).containsExactly("H264 key 67 68 65", "H264 61", "H264 61");
    assertThat(counters.damagedFrames.sum()).isZero();
  }

  @Test
  void dropsAFrameWhoseEndNeverCame() {
    keyframe();
    encoder = new Jt1078PacketEncoder(terminal, 20, 2);
    lost = packet -> packet == 4;
    predicted(); // the last of its three packets is lost
    lost = packet -> false;
    encoder.skipSequence(-1); // and the terminal does not even count it
    keyframe();
    assertThat(frames).containsExactly("H264 key 67 68 65", "H264 key 67 68 65");
    assertThat(counters.damagedFrames.sum()).isEqualTo(1);
  }

  @Test
  void dropsAFrameAboveTheLimit() {
    encoder = new Jt1078PacketEncoder(terminal, 950, 0);
    keyframe();
    video(PacketType.P_FRAME, P + "33".repeat(4_000));
    video(PacketType.P_FRAME, P);
    keyframe();
    assertThat(frames).containsExactly("H264 key 67 68 65", "H264 key 67 68 65");
    assertThat(counters.damagedFrames.sum()).isEqualTo(2);
  }

  @Test
  void findsH265WhereH264IsAnnounced() {
    video(
        PacketType.I_FRAME,
        "0000000140010c01ffff"
            + "00000001420101016000"
            + "000000014401c172b4"
            + "000000012601af08");
    video(PacketType.P_FRAME, "000000010201d009");
    assertThat(frames).containsExactly("H265 key 40 42 44 26", "H265 02");
  }

  @Test
  void findsH264WhereH265IsAnnounced() {
    send(PacketType.I_FRAME, PayloadTypes.H265, HexFormat.of().parseHex(SPS + PPS + IDR));
    send(PacketType.P_FRAME, PayloadTypes.H265, HexFormat.of().parseHex(P));
    assertThat(frames).containsExactly("H264 key 67 68 65", "H264 61");
  }

  @Test
  void namesTheCodecOfSound() {
    send(PacketType.AUDIO, PayloadTypes.G711_U, new byte[160]);
    send(PacketType.AUDIO, PayloadTypes.H264, new byte[160]);
    send(PacketType.AUDIO, PayloadTypes.ADPCM, hisilicon(164));
    send(PacketType.AUDIO, PayloadTypes.G726, new byte[120]);
    send(PacketType.AUDIO, PayloadTypes.AAC, new byte[200]);
    assertThat(frames).containsExactly("PCMU 160", "PCMU 160", "ADPCM 164", "G726 120", "AAC 200");
  }

  @Test
  void believesTheBytesOfSoundMoreThanItsPayloadType() {
    byte[] adts = HexFormat.of().parseHex("fff16040017ffc" + "00".repeat(4));
    byte[] mp3 = new byte[72];
    System.arraycopy(HexFormat.of().parseHex("ffe318c0"), 0, mp3, 0, 4);
    send(PacketType.AUDIO, PayloadTypes.G711_A, adts);
    send(PacketType.AUDIO, PayloadTypes.G711_A, mp3);
    for (int i = 0; i < 4; i++) {
      send(PacketType.AUDIO, PayloadTypes.G711_A, new byte[164]);
    }
    send(PacketType.AUDIO, PayloadTypes.G711_A, new byte[160]);
    assertThat(frames)
        .containsExactly(
            "AAC 11", "MP3 72", "PCMA 164", "PCMA 164", "ADPCM 164", "ADPCM 164", "PCMA 160");
  }

  @Test
  void takesSoundForWhatIsConfigured() {
    SoundBuilder configured = new SoundBuilder(Codec.G726);
    assertThat(configured.codec(PayloadTypes.G711_A, ByteBuffer.allocate(120)))
        .isEqualTo(Codec.G726);
  }

  private static byte[] hisilicon(int bytes) {
    byte[] body = new byte[4 + bytes];
    body[1] = 1;
    body[2] = (byte) (bytes / 2);
    return body;
  }

  @Test
  void stripsAHisiliconHeaderOnlyWhereItFits() {
    byte[] wrongLength = hisilicon(160);
    wrongLength[2]++;
    send(PacketType.AUDIO, PayloadTypes.G711_A, hisilicon(160));
    send(PacketType.AUDIO, PayloadTypes.G711_A, wrongLength);
    send(PacketType.AUDIO, PayloadTypes.G711_A, hisilicon(600));
    assertThat(frames).containsExactly("PCMA 160", "PCMA 164", "PCMA 604");
  }

  @Test
  void ignoresTransparentDataAndEmptyBodies() {
    keyframe();
    send(PacketType.TRANSPARENT, PayloadTypes.TRANSPARENT, new byte[8]);
    send(PacketType.P_FRAME, PayloadTypes.H264, new byte[0]);
    time -= 80;
    predicted();
    assertThat(frames).containsExactly("H264 key 67 68 65", "H264 61");
  }

  @Test
  void survivesVideoWithoutStartCodesOrNalUnits() {
    send(PacketType.I_FRAME, PayloadTypes.H264, new byte[30]);
    send(PacketType.I_FRAME, PayloadTypes.H264, new byte[] {0, 0, 0, 1});
    send(PacketType.I_FRAME, PayloadTypes.H264, HexFormat.of().parseHex("65aabb"));
    assertThat(frames).containsExactly("H264 key 65");
  }
}
