package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.sfu.router.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraClockTest {
  private static final long NOW = 1_795_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final CameraClock clock = new CameraClock();

  @ParameterizedTest
  @ValueSource(longs = {0, 8 * HOUR, -5 * HOUR, 5 * HOUR + HOUR / 2, 5 * HOUR + 3 * HOUR / 4})
  void tellsTheDelayWhateverTheZone(long zone) {
    film(NOW + zone - 180, 30);
    assertThat(clock.delayMillis()).isEqualTo(180);
  }

  @Test
  void aClockThatIsALittleAheadIsNoDelay() {
    film(NOW + 60, 30);
    assertThat(clock.delayMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 123_456_789, NOW - 60_000, NOW + 20 * HOUR, Long.MIN_VALUE})
  void saysNothingOfOtherOriginsAndWrongClocks(long device) {
    film(device, 30);
    assertThat(clock.delayMillis()).isEqualTo(CameraClock.UNKNOWN);
  }

  @Test
  void oneOddStampTakesTheProofAway() {
    film(NOW - 100, 30);
    clock.picture(0, NOW);
    assertThat(clock.delayMillis()).isEqualTo(CameraClock.UNKNOWN);
  }

  @Test
  void tellsWhenPicturesWereTakenInUtc() {
    film(NOW + 8 * HOUR - 180, 30);
    long device = NOW + 8 * HOUR - 180 + 29 * 40L;
    long taken = (NOW - 180 + 29 * 40L) * 1000;
    assertThat(clock.epochOffsetMicros(device, 5_000_000)).isEqualTo(taken - 5_000_000);
    clock.picture(0, NOW);
    assertThat(clock.epochOffsetMicros(0, 5_000_000)).isEqualTo(Stream.UNKNOWN_CAPTURE);
  }

  private void film(long device, int pictures) {
    for (int i = 0; i < pictures; i++) {
      clock.picture(device + i * 40L, NOW + i * 40L);
    }
  }
}
