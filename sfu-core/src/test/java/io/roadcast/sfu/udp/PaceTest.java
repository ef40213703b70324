package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  @Test
  void whatWasSentBeforeThePathShowedToBeSlowIsNotSecondsOfSilence() {
    Pace pace = new Pace(12_500, 0);
    pace.streamNeeds(1_700_000);
    pace.spent(900_000); // four seconds of the stream, which nothing held back
    pace.estimator().remb(150_000);
    pace.adapt();
    assertThat(pace.bounded()).isTrue();

    long now = 4_000 * MILLI;
    assertThat(pace.packetsDue(MILLI, now)).isPositive();
    pace.spent(1_200);
    int sent = 0;
    for (int i = 0; i < 1_000; i++) {
      now += MILLI;
      int due = pace.packetsDue(MILLI, now);
      pace.spent(due * 1_200L);
      sent += due;
    }
    assertThat(sent * 1_200L * 8).isBetween(100_000L, 170_000L);
  }

  @Test
  void aDebtIsAtMostAFifthOfASecond() {
    Pace pace = new Pace(12_500, 0);
    pace.streamNeeds(1_700_000);
    pace.estimator().remb(160_000);
    pace.adapt();
    pace.spent(1_000_000);
    assertThat(pace.packetsDue(MILLI, MILLI)).isZero();
    assertThat(pace.packetsDue(MILLI, 150 * MILLI)).isZero();
    assertThat(pace.packetsDue(MILLI, 250 * MILLI)).isPositive();
  }
}
