package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class QualityChoiceTest {
  private static final long NEEDED = 1_000_000;

  private final QualityChoice choice = new QualityChoice();

  @Test
  void aMomentOfTooLittleChangesNothing() {
    for (int i = 0; i < 20; i++) {
      assertThat(secondsUntil(false, 500_000, 2)).isEqualTo(-1);
      choice.second(1_500_000, NEEDED);
    }
  }

  @Test
  void downAfterThreeSecondsAndUpAfterFiveWithRoomToSpare() {
    assertThat(secondsUntil(true, 900_000, 10)).isEqualTo(3);
    assertThat(secondsUntil(false, 1_100_000, 60)).as("just enough is too little").isEqualTo(-1);
    assertThat(secondsUntil(false, 1_300_000, 60)).isEqualTo(5);
  }

  @Test
  void whoWentUpTooEarlyWaitsLongerTheNextTime() {
    secondsUntil(true, 900_000, 10);
    int[] waits = new int[6];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = secondsUntil(false, 2_000_000, 100);
      secondsUntil(true, 900_000, 10);
    }
    assertThat(waits).containsExactly(5, 10, 20, 40, 60, 60);
    secondsUntil(false, 2_000_000, 100);
    assertThat(secondsUntil(true, 2_000_000, 30)).isEqualTo(-1);
    secondsUntil(true, 900_000, 10);
    assertThat(secondsUntil(false, 2_000_000, 100)).as("forgiven").isEqualTo(5);
  }

  @Test
  void aSilentCameraIsNoReason() {
    for (int i = 0; i < 10; i++) {
      choice.second(100_000, 0);
    }
    assertThat(choice.prefersSmaller()).isFalse();
  }

  /** After how many seconds it changes to that; -1 if it does not. */
  private int secondsUntil(boolean smaller, long path, int most) {
    boolean before = choice.prefersSmaller();
    for (int second = 1; second <= most; second++) {
      choice.second(path, NEEDED);
      if (choice.prefersSmaller() == smaller && before != smaller) {
        return second;
      }
    }
    return -1;
  }
}
