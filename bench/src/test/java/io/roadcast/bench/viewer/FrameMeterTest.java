package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameMeterTest {
  private static final byte[] SINGLE_P = {0x41, 1, 2};
  private static final byte[] FU_IDR = {0x7c, (byte) 0x85, 3};
  private static final byte[] STAP_WITH_IDR = {0x78, 0, 2, 0x67, 1, 0, 2, 0x65, 1};
  private static final byte[] STAP_OF_SETS = {0x78, 0, 2, 0x67, 1, 0, 2, 0x68, 1};

  private final FrameMeter meter = new FrameMeter(90_000, true, null);

  @Test
  void knowsKeyframesInEveryForm() {
    packet(FU_IDR, 0, true, 0);
    packet(STAP_WITH_IDR, 3600, true, 40);
    packet(STAP_OF_SETS, 7200, false, 80);
    packet(SINGLE_P, 7200, true, 80);
    assertThat(meter.statistics().complete()).isEqualTo(3);
    assertThat(meter.statistics().keyframes()).isEqualTo(2);
  }

  @Test
  void callsAFrameDamagedThatLostAPacketOrItsMarker() {
    packet(FU_IDR, 0, false, 0);
    meter.lost(1);
    packet(SINGLE_P, 0, true, 1);
    packet(SINGLE_P, 3600, false, 40);
    packet(SINGLE_P, 7200, true, 80);
    meter.lost(1);
    packet(SINGLE_P, 10_800, true, 120);
    packet(SINGLE_P, 14_400, true, 160);
    assertThat(meter.statistics().damaged()).isEqualTo(3);
    assertThat(meter.statistics().complete()).isEqualTo(2);
  }

  @Test
  void measuresDelayAgainstTheFastestFrameAcrossTheWrapOfTime() {
    int start = (int) 0xFFFF_F000L;
    for (int i = 0; i < 100; i++) {
      int late = i == 80 ? 25 : 0;
      packet(SINGLE_P, start + 3600 * i, false, 40L * i + late);
      packet(SINGLE_P, start + 3600 * i, true, 40L * i + late + 3);
    }
    FrameStatistics statistics = meter.statistics();
    assertThat(statistics.firstPacketDelay().statistics().samples()).isEqualTo(50);
    assertThat(statistics.firstPacketDelay().statistics().median()).isZero();
    assertThat(statistics.firstPacketDelay().statistics().max()).isEqualTo(25_000);
    assertThat(statistics.lastPacketDelay().statistics().max()).isEqualTo(28_000);
    assertThat(statistics.spread().statistics().max()).isEqualTo(3_000);
  }

  private void packet(byte[] payload, int timestamp, boolean marker, long millis) {
    long arrival = 1 + TimeUnit.MILLISECONDS.toNanos(millis);
    meter.packet(payload, 0, payload.length, timestamp, marker, arrival);
  }
}
