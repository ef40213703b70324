package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentMessagesTest {
  private static final int LOCATION = 0x0200;

  private final RecentMessages recent = new RecentMessages();

  @Test
  void aRepetitionIsKnownUntilSixteenOthersHaveCome() {
    assertThat(recent.isNew(LOCATION, 1, 7)).isTrue();
    assertThat(recent.isNew(LOCATION, 1, 7)).isFalse();
    assertThat(recent.isNew(LOCATION, 1, 8)).as("another body").isTrue();
    for (int serial = 2; serial < 17; serial++) {
      assertThat(recent.isNew(LOCATION, serial, 7)).isTrue();
    }
    assertThat(recent.isNew(LOCATION, 1, 7)).as("long ago").isTrue();
  }

  @Test
  void allThatABusyTerminalMayRepeatAfterARestartIsKnown() {
    for (int serial = 0; serial < 300; serial++) {
      recent.recall(LOCATION, serial, 7);
      recent.recall(LOCATION, serial, 7);
    }
    assertThat(recent.holds(LOCATION, 43, 7)).as("more than 256 ago").isFalse();
    for (int serial = 44; serial < 300; serial++) {
      assertThat(recent.isNew(LOCATION, serial, 7)).as("serial %d", serial).isFalse();
    }
  }

  @Test
  void whatWasKnownBeforeTheRoomGrewIsKnownAfterwards() {
    for (int serial = 0; serial < 20; serial++) {
      assertThat(recent.isNew(LOCATION, serial, 7)).isTrue();
    }
    recent.recall(LOCATION, 100, 7);
    for (int serial = 4; serial < 20; serial++) {
      assertThat(recent.holds(LOCATION, serial, 7)).as("serial %d", serial).isTrue();
    }
    recent.forget(LOCATION, 100, 7);
    assertThat(recent.isNew(LOCATION, 100, 7)).isTrue();
  }
}
