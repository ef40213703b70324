package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairDelayTest {
  private static final long ROUND_TRIP = 100_000_000;

  private final RepairDelay delay = new RepairDelay();

  @Test
  void nothingIsHeldBackWhereNothingIsMissing() {
    delay.second(0, 0, ROUND_TRIP);
    assertThat(delay.liveBits(PlayoutDelay.LOWEST)).isZero();
    assertThat(delay.liveBits(PlayoutDelay.SMOOTH)).isEqualTo(1000);
  }

  @Test
  void aRareLossGetsTimeForOneRepairAndMuchForTwo() {
    delay.second(1, 0.001, ROUND_TRIP);
    assertThat(delay.millis()).isEqualTo(170);
    delay.second(9, 0.05, ROUND_TRIP);
    assertThat(delay.millis()).isEqualTo(270);
    assertThat(delay.liveBits(PlayoutDelay.LOWEST)).isEqualTo(27 << 12 | 100);
  }

  @Test
  void itIsBoundedAndDoesNotShrinkWhilePacketsAreMissing() {
    delay.second(1, 0.05, 10 * ROUND_TRIP);
    assertThat(delay.millis()).isEqualTo(700);
    delay.second(2, 0.05, ROUND_TRIP);
    assertThat(delay.millis()).isEqualTo(700);
  }

  @Test
  void aQueueOnTheWayIsNotTakenForALongWay() {
    delay.second(0, 0, ROUND_TRIP);
    delay.second(5, 0.05, 30 * ROUND_TRIP);
    assertThat(delay.millis()).isBetween(270, 280);
    delay.forget();
    assertThat(delay.millis()).isZero();
  }

  @Test
  void itEndsAfterHalfAMinuteWithoutLoss() {
    delay.second(1, 0.05, ROUND_TRIP);
    for (int i = 0; i < 29; i++) {
      delay.second(1, 0, ROUND_TRIP);
    }
    assertThat(delay.millis()).isPositive();
    delay.second(1, 0, ROUND_TRIP);
    assertThat(delay.liveBits(PlayoutDelay.LOWEST)).isZero();
  }
}
