package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplacementsTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
  private static final String TERMINAL = "13912345678";

  private final Replacements replacements = new Replacements();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void whoReplaceEachOtherAreAConflictThatIsToldOnce() {
    assertThat(replacements.note(TERMINAL, ONE, now)).isNull();
    assertThat(replacements.note(TERMINAL, OTHER, now)).isNull();
    assertThat(replacements.note(TERMINAL, ONE, now)).isNull();
    assertThat(replacements.note(TERMINAL, OTHER, now))
        .isEqualTo(new IdentityConflict(TERMINAL, Set.of(ONE, OTHER), now));
    assertThat(replacements.note(TERMINAL, ONE, now)).isNull();
    assertThat(replacements.conflicts(now)).hasSize(1);
  }

  @Test
  void aConflictThatEndedAndComesAgainIsToldAgain() {
    for (int i = 0; i < 10; i++) {
      replacements.note(TERMINAL, i % 2 == 0 ? ONE : OTHER, now);
    }
    now = now.plus(Replacements.WINDOW).plusSeconds(1);
    assertThat(replacements.conflicts(now)).isEmpty();
    for (int i = 0; i < Replacements.HARMLESS; i++) {
      assertThat(replacements.note(TERMINAL, i % 2 == 0 ? ONE : OTHER, now)).isNull();
    }
    assertThat(replacements.note(TERMINAL, OTHER, now)).isNotNull();
  }

  @Test
  void whatIsLongAgoDoesNotCountWhileOthersKeepComing() {
    for (int i = 0; i < Replacements.HARMLESS; i++) {
      replacements.note(TERMINAL, i % 2 == 0 ? ONE : OTHER, now);
    }
    Instant end = now.plus(Replacements.WINDOW).plusSeconds(1);
    while (now.isBefore(end)) {
      now = now.plus(Duration.ofSeconds(7));
      replacements.note("1380000" + now.getEpochSecond(), ONE, now);
    }
    assertThat(replacements.note(TERMINAL, OTHER, now)).isNull();
  }
}
