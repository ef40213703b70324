package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.G711;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.SoundConversion;
import io.roadcast.media.ffmpeg.SoundDecoders;
import io.roadcast.media.ffmpeg.TalkTranscoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody says as the packets that a terminal reads on the connection that it opened. */
@Timeout(60)
class SoundToCameraTest {
  private static final int CHANNEL = 2;
  private static final double HERTZ = 800;

  @ParameterizedTest
  @CsvSource({
    "pcma, NONE, 320, 6, 320",
    "pcmu, HISILICON, 320, 7, 324",
    "g726-24, NONE, 120, 8, 120",
    "g726-32, HISILICON, 160, 8, 164",
    "adpcm, HISILICON, 168, 26, 168",
    "adpcm, NONE, 164, 26, 164",
    "aac-8000, ADTS, 0, 19, 0",
  })
  void aTerminalHearsWhatWasSaid(
      String coding, SoundFraming framing, int frameBytes, int payloadType, int bodyBytes) {
    CameraSound wanted = CameraSound.ofFrames(SoundCoding.parse(coding), framing, frameBytes);
    TerminalId id = TerminalId.ofBytes(HexFormat.of().parseHex("00000866496077582164"));
    ByteBuf wire = Unpooled.buffer();
    say(wanted, id, wire);
    assertThat(ByteBufUtil.hexDump(wire, 0, 4)).isEqualTo("30316364");
    List<Integer> lengths = new ArrayList<>();
    List<Short> heard = new ArrayList<>();
    Jt1078PacketDecoder packets =
        new Jt1078PacketDecoder(
            Jt1078PacketDecoder.STANDARD_BODY_BYTES, 100, ExpectedTerminals.unknown());
    try (SoundDecoder ear = SoundDecoders.of(wanted.coding())) {
      long last = Long.MIN_VALUE;
      for (Jt1078Packet packet = packets.next(wire); packet != null; packet = packets.next(wire)) {
        assertThat(packet.terminal()).isEqualTo(id);
        assertThat(packet.channel()).isEqualTo(CHANNEL);
        assertThat(packet.type()).isEqualTo(PacketType.AUDIO);
        assertThat(packet.subPacket()).isEqualTo(SubPacket.ATOMIC);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(payloadType);
        assertThat(packet.sequence()).isEqualTo(lengths.size());
        assertThat(packet.timestamp()).isGreaterThan(last);
        last = packet.timestamp();
        lengths.add(packet.bodyLength());
        ByteBuffer body = packet.buffer().nioBuffer(packet.bodyOffset(), packet.bodyLength());
        ear.decode(SoundBuilder.withoutHisiliconHeader(body), last * 1000, into(heard));
      }
    }
    assertThat(wire.readableBytes()).isZero();
    assertThat(lengths).hasSizeGreaterThan(5); // AAC of 8 kHz comes in 128 ms
    if (bodyBytes > 0) {
      assertThat(lengths).containsOnly(bodyBytes);
    }
    assertThat(strength(heard, HERTZ)).isGreaterThan(8 * strength(heard, 2300));
  }

  /** A second of a tone. */
  private static void say(CameraSound wanted, TerminalId id, ByteBuf wire) {
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(id);
    SoundConversion.Output out =
        new SoundConversion.Output() {
          @Override
          public void block(long timeMicros, byte[] body) {
            encoder.encode(
                wire,
                CHANNEL,
                PacketType.AUDIO,
                PayloadTypes.of(wanted.coding().codec()),
                timeMicros / 1000,
                ByteBuffer.wrap(body));
          }

          @Override
          public void damaged() {
            throw new AssertionError("damaged");
          }
        };
    try (TalkTranscoder transcoder = new TalkTranscoder(Codec.PCMA, wanted, out)) {
      for (int packet = 0; packet < 50; packet++) {
        byte[] payload = new byte[160];
        for (int i = 0; i < payload.length; i++) {
          double angle = 2 * Math.PI * HERTZ * (packet * 160 + i) / 8000;
          payload[i] = G711.A_LAW.encode((int) (8000 * Math.sin(angle)));
        }
        transcoder.accept(ByteBuffer.wrap(payload), 1_000_000 + packet * 20_000L);
      }
    }
  }

  private static SoundDecoder.Output into(List<Short> heard) {
    return new SoundDecoder.Output() {
      @Override
      public void samples(short[] samples, int sampleRate) {
        assertThat(sampleRate).isEqualTo(8000);
        for (short sample : samples) {
          heard.add(sample);
        }
      }

      @Override
      public void damaged() {
        throw new AssertionError("damaged");
      }
    };
  }

  /** One bin of a discrete Fourier transform. */
  private static double strength(List<Short> samples, double hertz) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < samples.size(); i++) {
      double angle = 2 * Math.PI * hertz * i / 8000;
      real += samples.get(i) * Math.cos(angle);
      imaginary += samples.get(i) * Math.sin(angle);
    }
    return Math.hypot(real, imaginary);
  }
}
