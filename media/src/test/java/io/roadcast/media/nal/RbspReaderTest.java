package io.roadcast.media.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbspReaderTest {
  @ParameterizedTest
  @CsvSource({
    "67000003000003010003, 00000000010003",
    "670000030000030000030000, 0000000000000000",
    "67000003, 0000",
    "6700000303, 000003",
    "6700000304, 000004",
    "670003, 0003",
    "67, ''",
  })
  void leavesOutEmulationPrevention(String unit, String payload) throws Exception {
    assertThat(HexFormat.of().formatHex(RbspReader.unescape(bytes(unit), 1))).isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0, 0",
    "40, 1, 1",
    "60, 2, -1",
    "20, 3, 2",
    "28, 4, -2",
    "10, 7, 4",
    "12, 8, -4",
  })
  void readsExpGolomb(String bits, int unsigned, int signed) throws Exception {
    ByteBuffer unit = bytes("67" + bits);
    assertThat(new RbspReader(unit, 1).unsignedExpGolomb()).isEqualTo(unsigned);
    assertThat(new RbspReader(unit, 1).signedExpGolomb()).isEqualTo(signed);
  }

  @Test
  void readsTheLargestNumberAndRefusesALargerOne() throws Exception {
    // 30 zeros, a one, 30 ones: 2^31 - 2
    RbspReader largest = new RbspReader(bytes("67" + "0000030003fffffff8"), 1);
    assertThat(largest.unsignedExpGolomb()).isEqualTo(Integer.MAX_VALUE - 1);
    RbspReader larger = new RbspReader(bytes("67" + "0000030001fffffffc"), 1);
    assertThatThrownBy(larger::unsignedExpGolomb).isInstanceOf(MalformedMediaException.class);
  }

  @Test
  void refusesToReadPastTheEnd() throws Exception {
    RbspReader reader = new RbspReader(bytes("67ff"), 1);
    assertThat(reader.bits(8)).isEqualTo(255);
    assertThatThrownBy(reader::flag).isInstanceOf(MalformedMediaException.class);
    assertThatThrownBy(() -> new RbspReader(bytes("42"), 2))
        .isInstanceOf(MalformedMediaException.class);
    RbspReader far = new RbspReader(bytes("67ffff"), 1);
    assertThatThrownBy(() -> far.skip(17)).isInstanceOf(MalformedMediaException.class);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
