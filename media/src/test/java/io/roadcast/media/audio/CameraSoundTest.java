package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CameraSoundTest {
  @ParameterizedTest
  @CsvSource({
    "pcma, NONE, 320, 40",
    "pcma, NONE, 0, 40",
    "pcma, NONE, 65535, 100",
    "pcma, HISILICON, 800, 60",
    "pcmu, HISILICON, 324, 40",
    "g726-24, NONE, 120, 40",
    "g726, NONE, 120, 40",
    "g726-40, NONE, 7, 10",
    "adpcm, NONE, 164, 40",
    "adpcm, HISILICON, 168, 40",
    "aac-16000, ADTS, 1024, 40",
  })
  void blocksAreAsLongAsTheTerminalSays(
      String coding, SoundFraming framing, int frameBytes, int millis) {
    assertThat(CameraSound.ofFrames(SoundCoding.parse(coding), framing, frameBytes).blockMillis())
        .isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "pcma, ADTS, 40",
    "pcma, HISILICON, 80",
    "g726-24, HISILICON, 25",
    "aac-16000, HISILICON, 40",
    "mp3-16000, NONE, 40",
    "pcma, NONE, 500",
  })
  void refusesWhatHasNoHeaderOrLength(String coding, SoundFraming framing, int millis) {
    SoundCoding wanted = SoundCoding.parse(coding);
    assertThatThrownBy(() -> new CameraSound(wanted, framing, millis))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void adtsSaysRateAndLength() {
    byte[] framed = SoundFraming.ADTS.around(new byte[100], 16_000);
    assertThat(framed).hasSize(107);
    assertThat(FrameHeader.ADTS.fits(ByteBuffer.wrap(framed))).isTrue();
    assertThat(framed[2] >> 2 & 0xf).isEqualTo(8);
    assertThatThrownBy(() -> SoundFraming.ADTS.around(new byte[1], 9_000))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
