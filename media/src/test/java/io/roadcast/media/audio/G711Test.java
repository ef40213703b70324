package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {
  /**
   * Decision values of ITU-T G.711 tables 1a/1b (13 bits, times 8) and 2a/2b (14 bits, times 4).
   */
  @ParameterizedTest
  @CsvSource({
    "A_LAW, 0xD5, 8",
    "A_LAW, 0x55, -8",
    "A_LAW, 0xAA, 32256",
    "A_LAW, 0x2A, -32256",
    "A_LAW, 0x80, 5504",
    "MU_LAW, 0xFF, 0",
    "MU_LAW, 0x7F, 0",
    "MU_LAW, 0x80, 32124",
    "MU_LAW, 0x00, -32124",
    "MU_LAW, 0xFE, 8",
  })
  void decodesAsTheTablesSay(G711 law, String code, int sample) {
    assertThat(law.decode((byte) (int) Integer.decode(code))).isEqualTo((short) sample);
  }

  @ParameterizedTest
  @EnumSource(G711.class)
  void encodesEachDecodedSampleToItself(G711 law) {
    for (int code = 0; code < 256; code++) {
      short sample = law.decode((byte) code);
      assertThat(law.decode(law.encode(sample))).as("code %x", code).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @EnumSource(G711.class)
  void encodesToTheNearestStepAndClips(G711 law) {
    for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
      int error = Math.abs(law.decode(law.encode(sample)) - sample);
      assertThat(error).isLessThanOrEqualTo(Math.max(16, Math.abs(sample) / 16));
    }
    assertThat(law.encode(100_000)).isEqualTo(law.encode(32_767));
    assertThat(law.encode(-100_000)).isEqualTo(law.encode(-32_768));
  }

  @Test
  void hasSilenceAtTheCodesThatRtpGeneratorsSend() {
    assertThat(G711.A_LAW.encode(0)).isEqualTo((byte) 0xD5);
    assertThat(G711.MU_LAW.encode(0)).isEqualTo((byte) 0xFF);
  }
}
