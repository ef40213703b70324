package io.roadcast.jtt.command;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a terminal was told to do.
 *
 * @param terminal digits without leading zeros
 * @param type as in the API
 * @param result of the terminal's answer, as a stable name; null while there is none
 * @param code why it failed; null if it did not
 * @param answer what the terminal said, a JSON object; null if it said no more than yes or no
 * @param batch the request to a group that it belongs to; null if it stands alone
 */
public record TerminalCommand(
    UUID id,
    String terminal,
    @Nullable UUID organization,
    String type,
    State state,
    @Nullable String result,
    @Nullable String code,
    @Nullable String answer,
    @Nullable UUID batch,
    Instant createdAt,
    Instant updatedAt) {
  /** How far it is. */
  public enum State {
    QUEUED,
    SENT,
    ACKNOWLEDGED,
    FAILED,
    TIMED_OUT;

    /** Lower case with underscores, as in the API and the table. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofLabel(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  TerminalCommand with(
      State newState,
      @Nullable String newResult,
      @Nullable String newCode,
      @Nullable String newAnswer,
      Instant now) {
    return new TerminalCommand(
        id,
        terminal,
        organization,
        type,
        newState,
        newResult,
        newCode,
        newAnswer,
        batch,
        createdAt,
        now);
  }
}
