package io.roadcast.media.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.NalCollector;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264DepacketizerTest {
  private final H264Depacketizer depacketizer = new H264Depacketizer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6588                            | 6588        | false",
        "7800026742000168              | 6742 68     | false",
        "7c85aa 7c05bb 7c45cc            | 65aabbcc    | false",
        "7c85aa lost 7c45cc 419a         | 419a        | true",
        "lost 7c45cc 419a                | 419a        | true",
        "7c05bb 7c45cc 419a              | 419a        | true",
        "7c85aa 7c05bb 419a              | 419a        | true",
        "7c85aa 7c85bb 7c45cc            | 65bbcc      | true",
        "7c85aa 7c05bb                   | ''          | true",
        "419a lost                       | 419a        | true",
        "7c85aa 1c00bb 7c45cc 41         | 65aabbcc 41 | false",
      })
  void joinsWhatIsComplete(String packets, String units, boolean damaged) throws Exception {
    for (String packet : packets.split(" ")) {
      if (packet.equals("lost")) {
        depacketizer.lost();
      } else {
        depacketizer.accept(bytes(packet));
      }
    }
    List<ByteBuffer> expected =
        Stream.of(units.split(" "))
            .filter(unit -> !unit.isEmpty())
            .map(H264DepacketizerTest::bytes)
            .toList();
    assertThat(depacketizer.take()).isEqualTo(new AccessUnit(expected, damaged));
    assertThat(depacketizer.take()).isEqualTo(new AccessUnit(List.of(), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00aa",
        "79aa",
        "7aaa",
        "7baa",
        "7daa",
        "7eaa",
        "7faa",
        "78",
        "780000",
        "7800",
        "780001",
        "78000265",
        "7c",
        "7c85",
        "7cc5aa"
      })
  void refusesMalformedPayloads(String hex) throws Exception {
    depacketizer.accept(bytes("7c85aa"));
    assertThatThrownBy(() -> depacketizer.accept(bytes(hex)))
        .isInstanceOf(MalformedMediaException.class);
    assertThat(depacketizer.take()).isEqualTo(new AccessUnit(List.of(), true));
  }

  @Test
  void boundsAnAccessUnit() throws Exception {
    ByteBuffer part = ByteBuffer.allocate(60_000);
    part.put(0, (byte) 0x7c).put(1, (byte) 0x85);
    depacketizer.accept(part.duplicate());
    part.put(1, (byte) 0x05);
    for (int bytes = 60_000; bytes + 60_000 < NalCollector.MAX_BYTES; bytes += 59_998) {
      depacketizer.accept(part.duplicate());
    }
    assertThatThrownBy(() -> depacketizer.accept(part.duplicate()))
        .isInstanceOf(MalformedMediaException.class);
    assertThat(depacketizer.take()).isEqualTo(new AccessUnit(List.of(), true));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
