package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampRepairTest {
  private static final long START = TimeUnit.SECONDS.toNanos(-77);
  private static final long SECOND = 1_000_000;

  private final TimestampRepair repair = new TimestampRepair();

  private long video(long device, long arrivalMillis) {
    return repair.videoMicros(device, START + TimeUnit.MILLISECONDS.toNanos(arrivalMillis));
  }

  private long audio(long device, long arrivalMillis) {
    return repair.audioMicros(device, START + TimeUnit.MILLISECONDS.toNanos(arrivalMillis));
  }

  /** Output of a 25 fps camera in real time whose clock is {@code device} of the true time. */
  private List<Long> camera(int frames, LongUnaryOperator device) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      out.add(video(device.applyAsLong(i * 40L), i * 40L));
    }
    return out;
  }

  private static void assertSteady(List<Long> out, long fromMicros, long toMicros) {
    for (int i = 1; i < out.size(); i++) {
      assertThat(out.get(i) - out.get(i - 1)).as("step %d", i).isBetween(fromMicros, toMicros);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 29826261, 607775195621L, 0x100000abb6fL, -1, Long.MAX_VALUE - 500, -200})
  void followsAClockOfAnyOrigin(long origin) {
    assertSteady(camera(100, time -> origin + time), 40_000, 40_000);
    assertThat(repair.repairs()).isZero();
  }

  @Test
  void keepsIrregularSpacing() {
    long first = video(1_000, 0);
    assertThat(video(1_040, 45)).isEqualTo(first + 40_000);
    assertThat(video(1_280, 270)).isEqualTo(first + 280_000);
    assertThat(video(1_281, 270)).isEqualTo(first + 281_000);
    assertThat(repair.repairs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-9_760, -3_960, -501, 10_001, 86_400_000, 9_000, Long.MIN_VALUE})
  void goesOnByArrivalWhenTheClockIsSet(long jump) {
    List<Long> out = camera(100, time -> time < 2_000 ? time : time + jump);
    assertSteady(out, 40_000, 40_000);
    assertThat(repair.repairs()).isBetween(1L, 2L);
  }

  @Test
  void doesNotFreezeOnAClockThatStandsStill() {
    assertSteady(camera(500, time -> 4711), 40_000, 40_000);
    assertThat(repair.repairs()).isEqualTo(1);
  }

  @Test
  void followsAgainWhenAStoppedClockGoesOn() {
    List<Long> out =
        camera(500, time -> time < 2_000 ? time : time < 12_000 ? 2_000 : time - 10_000);
    assertSteady(out, 40_000, 40_000);
    assertThat(repair.repairs()).isEqualTo(2);
  }

  @Test
  void survivesAHighWordOfGarbage() {
    assertSteady(camera(200, time -> (time * 0x9E3779B97F4A7C15L) << 32 | time), 1_000, 41_000);
  }

  @Test
  void takesPicturesInDecodingOrder() {
    long[] shown = {0, 120, 40, 80, 240, 160, 200, 360, 280, 320};
    List<Long> out = camera(shown.length, time -> shown[(int) (time / 40)]);
    assertSteady(out, 1_000, 120_000);
    assertThat(out.getLast() - out.getFirst()).isBetween(350_000L, 500_000L);
  }

  @Test
  void doesNotRunAheadOnPairsOfOneStamp() {
    List<Long> out = camera(250, time -> time / 80 * 80);
    assertSteady(out, 40_000, 40_000);
  }

  @Test
  void followsTheStampsOfARecordingThatIsSentTenTimesTooFast() {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      long stamp = i * 240L + (i > 500 ? 4_000 : 0);
      out.add(video(stamp, i * 24L));
    }
    assertThat(out.getLast() - out.getFirst()).isBetween(239 * SECOND, 245 * SECOND);
    assertThat(repair.repairs()).isLessThanOrEqualTo(1);
  }

  @Test
  void followsTheStampsOfABurst() {
    long first = video(0, 0);
    for (int i = 1; i <= 100; i++) {
      assertThat(video(i * 40L, 5_000)).isEqualTo(first + i * 40_000L);
    }
    assertThat(repair.repairs()).isZero();
  }

  @Test
  void followsAClockThatDrifts() {
    List<Long> out = camera(50_000, time -> time + time / 2_000);
    assertSteady(out, 40_000, 41_000);
    assertThat(repair.repairs()).isZero();
  }

  @Test
  void staysOnRealTimeOverAPause() {
    long first = video(0, 0);
    assertThat(video(60_000, 60_000)).isEqualTo(first + 60 * SECOND);
    assertThat(video(60_040, 60_040)).isEqualTo(first + 60 * SECOND + 40_000);
  }

  @Test
  void keepsSoundAndPictureTogetherOverAJump() {
    for (long jump : new long[] {-9_760, 3_000_000, -700, -3_960}) {
      TimestampRepair fresh = new TimestampRepair();
      for (long time = 0; time < 8_000; time += 20) {
        long clock = time < 4_000 ? time : time + jump;
        long soundClock = time - 100 < 4_000 ? time - 100 : time - 100 + jump;
        long arrival = START + TimeUnit.MILLISECONDS.toNanos(time);
        long picture = time % 40 == 0 ? fresh.videoMicros(clock, arrival) : 0;
        long sound = fresh.audioMicros(soundClock, arrival);
        if (picture != 0) {
          assertThat(picture - sound).as("at %d ms", time).isBetween(60_000L, 140_000L);
        }
      }
    }
  }

  @Test
  void letsSoundRepeatAStampAndLag() {
    long picture = video(1_000, 0);
    assertThat(audio(998, 1)).isEqualTo(picture - 2_000);
    assertThat(audio(998, 1)).isEqualTo(picture - 2_000);
    assertThat(audio(1_120, 100)).isEqualTo(picture + 120_000);
    assertThat(audio(1_090, 130)).isEqualTo(picture + 120_000);
    assertThat(repair.repairs()).isZero();
  }

  @Test
  void doesNotStopTheSoundOnAClockThatStandsStill() {
    long first = audio(5, 0);
    long last = first;
    for (int i = 1; i < 1000; i++) {
      long next = audio(5, i * 20L);
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
    assertThat(last - first).isBetween(19 * SECOND, 20 * SECOND);
    assertThat(repair.repairs()).isEqualTo(1);
  }
}
