package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1, 1",
    "1, 0, -1",
    "65535, 0, 1",
    "0, 65535, -1",
    "65000, 500, 1036",
    "500, 65000, -1036",
    "0, 32767, 32767",
    "0, 32768, -32768",
    "32768, 0, -32768",
    "40000, 7231, 32767",
  })
  void measuresTheShorterWayAround(int from, int to, int distance) {
    assertThat(SequenceNumber.distance(from, to)).isEqualTo(distance);
    assertThat(SequenceNumber.isAfter(to, from)).isEqualTo(distance > 0);
    assertThat(SequenceNumber.plus(from, distance)).isEqualTo(to);
  }

  @Test
  void unwrapsForwardsAndBackwards() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    assertThat(unwrapper.unwrap(2)).isEqualTo(65_538);
    assertThat(unwrapper.unwrap(65_535)).isEqualTo(65_535);
    assertThat(unwrapper.unwrap(3)).isEqualTo(65_539);
    assertThat(unwrapper.unwrap(32_770)).isEqualTo(65_536 + 32_770);
    assertThat(unwrapper.unwrap(65_000)).isEqualTo(65_536 + 65_000);
    assertThat(unwrapper.unwrap(1)).isEqualTo(2 * 65_536 + 1);
    assertThat(unwrapper.unwrap(65_001)).isEqualTo(65_536 + 65_001);
  }

  @Test
  void unwrapsALongRunWithReordering() {
    Random random = new Random(5);
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    long offset = unwrapper.unwrap(60_000) - 60_000;
    for (long number = 60_001; number < 1_000_000; number += 1 + random.nextInt(300)) {
      long late = number - random.nextInt(1000);
      assertThat(unwrapper.unwrap((int) (number & 0xFFFF))).isEqualTo(number + offset);
      assertThat(unwrapper.unwrap((int) (late & 0xFFFF))).isEqualTo(late + offset);
    }
  }
}
