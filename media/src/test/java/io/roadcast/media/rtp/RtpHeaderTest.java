package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.MalformedMediaException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpHeaderTest {
  private final byte[] packet = new byte[64];

  @Test
  void writesEachFieldInItsPlace() {
    RtpHeader.write(packet, 2, RtpHeader.PLAIN, RtpHeader.MARKER | 96, 0x1FFFE, 0xDEADBEEF, -2);
    assertThat(hex(0, 15)).isEqualTo("000080e0fffedeadbeeffffffffe00");
    assertThat(RtpHeader.marker(packet, 2)).isTrue();
    assertThat(RtpHeader.payloadType(packet, 2)).isEqualTo(96);
    assertThat(RtpHeader.sequence(packet, 2)).isEqualTo(0xFFFE);
    assertThat(RtpHeader.timestamp(packet, 2)).isEqualTo(0xDEADBEEF);
    assertThat(RtpHeader.ssrc(packet, 2)).isEqualTo(-2);
    assertThat(RtpHeader.hasExtensions(packet, 2)).isFalse();
  }

  @Test
  void writesTheSameIntoNativeMemory() {
    RtpHeader.write(packet, 1, RtpHeader.WITH_EXTENSIONS, 127, 7, 8, 9);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(64);
      RtpHeader.write(memory, 1, RtpHeader.WITH_EXTENSIONS, 127, 7, 8, 9);
      assertThat(memory.mismatch(MemorySegment.ofArray(packet))).isEqualTo(-1);
      RtpHeader.sequence(memory, 1, 0xFEFF);
      assertThat(RtpHeader.sequence(memory, 1)).isEqualTo(0xFEFF);
      assertThat(RtpHeader.marker(packet, 1)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "800000010000000200000003, 12",
    "810000010000000200000003aaaaaaaa, 16",
    "900000010000000200000003bede0000, 16",
    "900000010000000200000003bede000111223344ff, 20",
    "910000010000000200000003aaaaaaaabede000111223344ff, 24",
    "8f0000010000000200000003aa, -1",
    "900000010000000200000003bede00, -1",
    "900000010000000200000003bedeffff, -1",
    "400000010000000200000003, -1",
    "8000000100000002000000, -1",
  })
  void findsThePayload(String hex, int expected) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (expected >= 0) {
      assertThat(RtpHeader.headerBytes(bytes, 0, bytes.length)).isEqualTo(expected);
    } else {
      assertThatThrownBy(() -> RtpHeader.headerBytes(bytes, 0, bytes.length))
          .isInstanceOf(MalformedMediaException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "800000010000000200000003aabb, 2",
    "a00000010000000200000003aa0002, 1",
    "a00000010000000200000003aa0003, 0",
    "a00000010000000200000003aa0004, -1",
    "a00000010000000200000003aa0000, -1",
    "a00000010000000200000003, -1",
  })
  void leavesOutPadding(String hex, int expected) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (expected >= 0) {
      assertThat(RtpHeader.payloadBytes(bytes, 0, bytes.length, 12)).isEqualTo(expected);
    } else {
      assertThatThrownBy(() -> RtpHeader.payloadBytes(bytes, 0, bytes.length, 12))
          .isInstanceOf(MalformedMediaException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"191, false", "192, true", "200, true", "223, true", "224, false", "96, false"})
  void tellsRtcpFromRtp(int secondByte, boolean rtcp) {
    packet[1] = (byte) secondByte;
    assertThat(RtpHeader.isRtcp(packet, 0)).isEqualTo(rtcp);
  }

  @Test
  void writesAndReadsExtensions() throws Exception {
    MemorySegment memory = MemorySegment.ofArray(packet);
    RtpHeader.write(packet, 0, RtpHeader.WITH_EXTENSIONS, 96, 1, 2, 3);
    long at = HeaderExtensions.begin(memory, 12);
    at = HeaderExtensions.put(memory, at, 1, HeaderExtensions.playoutDelay(0, 10_000), 3);
    at = HeaderExtensions.put(memory, at, 5, 0xFFFE, 2);
    at = HeaderExtensions.put(memory, at, 14, "v0".getBytes(StandardCharsets.UTF_8));
    int header = (int) HeaderExtensions.end(memory, 12, at);
    assertThat(hex(12, header)).isEqualTo("bede0003" + "120003e8" + "51fffe" + "e17630" + "0000");
    assertThat(RtpHeader.headerBytes(packet, 0, packet.length)).isEqualTo(header);
    List<HeaderExtensions.Element> elements = HeaderExtensions.parse(packet, 0, packet.length);
    assertThat(elements).extracting(HeaderExtensions.Element::id).containsExactly(1, 5, 14);
    assertThat(elements.get(1).value().getShort()).isEqualTo((short) 0xFFFE);
    assertThat(StandardCharsets.UTF_8.decode(elements.get(2).value()).toString()).isEqualTo("v0");
  }

  @ParameterizedTest
  @CsvSource({
    "bede0001 10aa0000, 1:aa",
    "bede0001 0010aa00, 1:aa",
    "bede0001 10aaf0bb, 1:aa",
    "bede0002 32aabbcc 00000000, 3:aabbcc",
    "10000002 01010200 ff01cc00, '1:02 255:cc'",
    "100f0001 0100 0000, '1:'",
    "abcd0001 10aa0000, ''",
    "bede0000, ''",
    "bede0001 13aabbcc, malformed",
    "bede0001 0000001f, malformed",
    "10000001 00000001, malformed",
    "10000001 0000 0101, malformed",
  })
  void readsOneAndTwoByteExtensions(String extensions, String expected) throws Exception {
    byte[] bytes =
        HexFormat.of()
            .parseHex("900000010000000200000003" + extensions.replace(" ", "") + "99999999");
    if (expected.equals("malformed")) {
      assertThatThrownBy(() -> HeaderExtensions.parse(bytes, 0, bytes.length))
          .isInstanceOf(MalformedMediaException.class);
      return;
    }
    List<String> read =
        HeaderExtensions.parse(bytes, 0, bytes.length).stream()
            .map(
                element -> {
                  byte[] value = new byte[element.value().remaining()];
                  element.value().get(value);
                  return element.id() + ":" + HexFormat.of().formatHex(value);
                })
            .toList();
    assertThat(String.join(" ", read)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 10000, 1000", "40950, 40950, 16777215", "99999, -5, 16773120"})
  void codesPlayoutDelay(int min, int max, int value) {
    assertThat(HeaderExtensions.playoutDelay(min, max)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_500_000_000L, 63_999_999_999L, 64_000_000_000L, -1})
  void codesAbsoluteSendTimeIn64Seconds(long nanos) {
    int value = HeaderExtensions.absoluteSendTime(nanos);
    assertThat(value).isBetween(0, 0xFFFFFF);
    double seconds = Math.floorMod(nanos, 64_000_000_000L) / 1e9;
    assertThat(value / 262_144.0).isBetween(seconds - 1.0 / 262_144, seconds);
  }

  private String hex(int from, int to) {
    return HexFormat.of().formatHex(Arrays.copyOfRange(packet, from, to));
  }
}
