package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roadcast.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCodingTest {
  @Test
  void isWrittenAsTheConfigurationHasIt() {
    assertThat(SoundCoding.parse("g726-24-le"))
        .isEqualTo(new SoundCoding(Codec.G726, 0, 3, SoundCoding.Packing.LOW_FIRST));
    assertThat(SoundCoding.parse(" G726-be "))
        .isEqualTo(new SoundCoding(Codec.G726, 0, 0, SoundCoding.Packing.HIGH_FIRST));
    assertThat(SoundCoding.parse("aac-16000"))
        .isEqualTo(new SoundCoding(Codec.AAC, 16_000, 0, SoundCoding.Packing.FOUND_OUT));
    assertThat(SoundCoding.parse("pcmu")).isEqualTo(SoundCoding.of(Codec.PCMU));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opus", "g726-48", "aac-32", "pcma-le", "aac-fast", "mp3-1"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SoundCoding.parse(text));
  }
}
