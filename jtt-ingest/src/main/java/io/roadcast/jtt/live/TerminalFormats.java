package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.Jt808Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What terminals say of their sound and pictures (0x9003, 0x1003). Each is asked once, when
 * something is wanted of it for the first time, and a second time if it does not answer the first:
 * some never do. Any thread.
 */
public final class TerminalFormats {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 2;

  private final Map<String, AudioVideoAttributes> known = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  TerminalFormats() {}

  /** What the terminal has said of itself, if it was asked and answered. */
  public Optional<AudioVideoAttributes> of(String terminal) {
    return Optional.ofNullable(known.get(terminal));
  }

  /** Whether sound may be expected of it: of one that has not said otherwise, yes. */
  boolean hasSound(String terminal) {
    AudioVideoAttributes said = known.get(terminal);
    return said == null || said.maxAudioChannels() > 0;
  }

  void askOnce(TerminalLink link) {
    if (asked.add(link.terminal())) {
      ask(link, ATTEMPTS);
    }
  }

  private void ask(TerminalLink link, int attempts) {
    link.request(new AudioVideoQuery(), PATIENCE)
        .whenComplete((answer, failure) -> answered(link, attempts - 1, answer));
  }

  private void answered(TerminalLink link, int attemptsLeft, @Nullable Jt808Message answer) {
    if (answer instanceof AudioVideoAttributes attributes) {
      known.put(link.terminal(), attributes);
    } else if (attemptsLeft > 0) {
      ask(link, attemptsLeft);
    }
  }
}
