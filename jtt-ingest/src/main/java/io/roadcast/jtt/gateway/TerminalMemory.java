package io.roadcast.jtt.gateway;

import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.TerminalClock;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of terminals from link to link. May be used on any thread. */
final class TerminalMemory {
  /** Of one terminal. */
  record Remembered(RecentMessages recent, TerminalClock clock) {
    Remembered() {
      this(new RecentMessages(), new TerminalClock());
    }
  }

  private final int most;
  private final ConcurrentHashMap<String, Remembered> terminals = new ConcurrentHashMap<>();

  TerminalMemory(int most) {
    this.most = most;
  }

  /** What is known of a terminal; null if it is new and there are too many. */
  @Nullable Remembered of(String terminal) {
    Remembered known = terminals.get(terminal);
    if (known == null && terminals.size() < most) {
      known = terminals.computeIfAbsent(terminal, fresh -> new Remembered());
    }
    return known;
  }

  /**
   * A message that was kept before this server started: if its acknowledgement never arrived, the
   * terminal repeats it.
   */
  void recovered(LocationEntry entry) {
    Remembered known = of(entry.terminal());
    if (known != null) {
      known.recent().recall(entry.messageId(), entry.serial(), entry.body().hashCode());
    }
  }

  int size() {
    return terminals.size();
  }
}
