package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.Captures;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class Jt808FrameDecoderTest {
  private static final String HEARTBEAT = "7e000200000123456789017fff0a7e";

  @Test
  void readsTheSameFramesHoweverTheBytesAreCut() {
    byte[] capture = Captures.read("signalling/uplink_0x1205_18parts_and_0x0104.bin");
    List<Jt808Frame> whole = RecordingListener.of(Bytes.of(capture)).frames();
    assertThat(whole).hasSize(20);
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      RecordingListener found = new RecordingListener();
      Jt808FrameDecoder decoder = new Jt808FrameDecoder();
      ByteBuf all = Unpooled.wrappedBuffer(capture);
      while (all.isReadable()) {
        int length = Math.min(all.readableBytes(), 1 + random.nextInt(seed < 10 ? 3 : 2000));
        decoder.read(all.readSlice(length), found);
      }
      decoder.end(found);
      assertThat(found.faults()).isEmpty();
      assertThat(found.frames()).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7e000200000123456789017fff0a7e000200000123456789017fff0a7e, 2, ''",
    "7e7e7e000200000123456789017fff0a7e7e, 1, ''",
    "ffff7e000200000123456789017fff0a7e, 1, BYTES_BEFORE_FRAME",
    "7e000200000123456789017fff0b7e, 0, CHECK_CODE_MISMATCH",
    "7e00020000012345678901ff757e, 0, TRUNCATED_HEADER",
    "7e0002000001234567890100007fff7d037e000200000123456789017fff0a7e, 1, BAD_ESCAPE",
    "7e000200000123456789017fff0a7d7e000200000123456789017fff0a7e, 1, BAD_ESCAPE",
    "7e000200010123456789017fff0b7e, 0, BODY_LENGTH_MISMATCH",
    "7e000200000123456789017fff0a, 0, UNFINISHED_FRAME",
    "7e000260000123456789017fff6a7e, 0, TRUNCATED_HEADER"
  })
  void skipsWhatIsNoFrameAndSaysWhy(String hex, int frames, String fault) {
    RecordingListener found = RecordingListener.of(Bytes.ofHex(hex));
    assertThat(found.frames()).hasSize(frames);
    assertThat(found.faults())
        .isEqualTo(fault.isEmpty() ? List.of() : List.of(FrameFault.valueOf(fault)));
  }

  @Test
  void anEndlessFrameIsReportedOnceAndEndsAtTheNextDelimiter() {
    RecordingListener found = new RecordingListener();
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    decoder.read(Unpooled.wrappedBuffer(new byte[] {0x7e}), found);
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 10; i++) {
      decoder.read(Unpooled.wrappedBuffer(megabyte), found);
    }
    assertThat(found.faults()).containsExactly(FrameFault.OVERSIZED_FRAME);
    decoder.read(Unpooled.wrappedBuffer(Bytes.ofHex(HEARTBEAT).toArray()), found);
    decoder.end(found);
    assertThat(found.faults()).containsExactly(FrameFault.OVERSIZED_FRAME);
    assertThat(found.frames()).hasSize(1);
  }

  @Test
  void theLongestFrameOfEscapesIsRead() {
    byte[] body = new byte[Jt808Header.MAX_BODY_BYTES];
    Arrays.fill(body, (byte) 0x7e);
    TerminalPhone phone = TerminalPhone.of("7d".repeat(10), ProtocolVersion.V2019);
    Jt808Header header = Jt808Header.of(0x7e7d, phone, 0x7d7e).part(1, 0x7e7e);
    RecordingListener found =
        RecordingListener.of(Jt808FrameEncoder.encode(header, Bytes.of(body)));
    assertThat(found.faults()).isEmpty();
    Jt808Frame frame = found.frames().getFirst();
    assertThat(frame.body()).isEqualTo(Bytes.of(body));
    assertThat(frame.header().phone()).isEqualTo(phone);
    assertThat(frame.header().packageTotal()).isEqualTo(0x7e7e);
    assertThat(frame.header().version()).isEqualTo(ProtocolVersion.V2019);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jt808FrameEncoder.encode(header, Bytes.of(new byte[1024])));
  }

  @Test
  void phoneNumbersAreNamesWithoutLeadingZeros() {
    assertThat(TerminalPhone.of("13912345678", ProtocolVersion.V2013).bcd())
        .isEqualTo("013912345678");
    assertThat(TerminalPhone.of("13912345678", ProtocolVersion.V2019).bcd())
        .isEqualTo("00000000013912345678");
    assertThat(TerminalPhone.of("13912345678", ProtocolVersion.V2019).digits())
        .isEqualTo("13912345678");
    assertThat(new TerminalPhone(Bytes.ofHex("000056aebc2a")).digits()).isEqualTo("56AEBC2A");
    assertThat(new TerminalPhone(Bytes.ofHex("000000000000")).digits()).isEqualTo("0");
  }
}
