package io.roadcast.media.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.RandomMedia;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnexBTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "000000016742                | 6742",
        "0000016742                  | 6742",
        "000000010165000001026600000103 | 0165 0266 03",
        "0000000165000000000266000001 | 65000000000266",
        "00000165000000000000000168  | 65 68",
        "000001650000                | 65",
        "ffee00000165                | 65",
        "0000000000000000000165      | 65",
        "000001000001650000010000    | 65",
        "6501020304                  | ''",
        "0000                        | ''",
        "000001                      | ''",
        "00000100                    | ''",
        "''                          | ''",
      })
  void findsNalUnitsBetweenStartCodes(String stream, String units) throws Exception {
    assertThat(hex(AnnexB.split(bytes(stream)))).isEqualTo(units);
  }

  @Test
  void takesBytesWithoutStartCodeForOneUnitOnlyWhenAsked() throws Exception {
    assertThat(hex(AnnexB.splitOrWhole(bytes("65010203040000")))).isEqualTo("6501020304");
    assertThat(hex(AnnexB.splitOrWhole(bytes("000001650000010106")))).isEqualTo("65 0106");
    assertThat(AnnexB.splitOrWhole(bytes(""))).isEmpty();
    assertThat(AnnexB.splitOrWhole(bytes("0000"))).isEmpty();
  }

  @Test
  void looksOnlyBetweenPositionAndLimitAndMovesNeither() throws Exception {
    ByteBuffer stream = bytes("00000001aa00000001bb00000001cc").position(5).limit(10);
    assertThat(hex(AnnexB.split(stream))).isEqualTo("bb");
    assertThat(stream.position()).isEqualTo(5);
    assertThat(stream.limit()).isEqualTo(10);
  }

  @Test
  void refusesMoreUnitsThanAPictureCanHave() throws Exception {
    ByteBuffer stream = ByteBuffer.allocate(4 * (AnnexB.MAX_NAL_UNITS + 1));
    while (stream.remaining() > 4) {
      stream.putInt(0x00000165);
    }
    assertThat(AnnexB.split(stream.duplicate().flip())).hasSize(AnnexB.MAX_NAL_UNITS);
    stream.putInt(0x00000165);
    assertThatThrownBy(() -> AnnexB.split(stream.flip()))
        .isInstanceOf(MalformedMediaException.class);
  }

  @Test
  void splitsWhatItJoined() throws Exception {
    Random random = new Random(7);
    for (int run = 0; run < 50; run++) {
      List<ByteBuffer> units = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(6); i++) {
        units.add(RandomMedia.nalUnit(random, 1 + random.nextInt(3000), 0x65));
      }
      assertThat(AnnexB.split(AnnexB.join(units))).isEqualTo(units);
    }
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(List<ByteBuffer> units) {
    Stream<String> each =
        units.stream()
            .map(
                unit -> {
                  byte[] copy = new byte[unit.remaining()];
                  unit.get(copy);
                  return HexFormat.of().formatHex(copy);
                });
    return String.join(" ", each.toList());
  }
}
