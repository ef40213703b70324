package io.roadcast.events.webhook;

import io.roadcast.events.store.EventChange;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a webhook is to be told, or was.
 *
 * @param id the same at each attempt
 * @param number of the change, as over the WebSocket; rising within a terminal
 * @param attempts so far
 * @param refusals of these, since the receiver was last away; an answer that it does not take this
 *     one
 * @param reason why the last attempt failed, a stable code; null if none did
 * @param waitsSince when it was made, or last asked for again
 */
public record Delivery(
    UUID id,
    UUID webhook,
    String terminal,
    UUID event,
    EventChange what,
    long number,
    State state,
    int attempts,
    int refusals,
    @Nullable String reason,
    Instant createdAt,
    Instant waitsSince,
    Instant updatedAt) {
  /** How far it is. */
  public enum State {
    WAITING,
    DELIVERED,
    /** Refused often, while one behind it was taken: the line goes on without it. */
    ASIDE,
    /** Nobody took it for a day. */
    DEAD;

    /** Lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none of this label
     */
    public static State ofLabel(String label) {
      for (State state : values()) {
        if (state.label().equals(label)) {
          return state;
        }
      }
      throw new IllegalArgumentException("it is waiting, delivered, aside or dead");
    }
  }
}
