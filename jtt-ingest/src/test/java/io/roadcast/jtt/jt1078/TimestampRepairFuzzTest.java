package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class TimestampRepairFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void neverRunsBack(FuzzedDataProvider data) {
    TimestampRepair repair = new TimestampRepair();
    long arrival = data.consumeLong(-1L << 60, 1L << 60);
    long device = data.consumeLong();
    long lastPicture = Long.MIN_VALUE;
    long lastSound = Long.MIN_VALUE;
    while (data.remainingBytes() > 0) {
      arrival += data.consumeLong(0, 1L << 36);
      device = data.consumeBoolean() ? device + data.consumeShort() : data.consumeLong();
      if (data.consumeBoolean()) {
        long picture = repair.videoMicros(device, arrival);
        assertThat(picture).isGreaterThan(lastPicture);
        lastPicture = picture;
      } else {
        long sound = repair.audioMicros(device, arrival);
        assertThat(sound).isGreaterThanOrEqualTo(lastSound);
        lastSound = sound;
      }
    }
  }
}
