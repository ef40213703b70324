package io.roadcast.fleet;

import java.util.List;
import java.util.UUID;

/** Who is meant by a number. */
public sealed interface Resolution {
  record Known(KnownTerminal terminal) implements Resolution {}

  /** Several terminals go by it; nobody guesses which one this is. */
  record Ambiguous(List<UUID> terminals) implements Resolution {
    public Ambiguous {
      terminals = List.copyOf(terminals);
    }
  }

  /**
   * @param digits in normal form
   */
  record Unknown(String digits) implements Resolution {}
}
