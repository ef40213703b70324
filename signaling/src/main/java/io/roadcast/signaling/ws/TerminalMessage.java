package io.roadcast.signaling.ws;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a terminal.
 *
 * @param type terminal.online, terminal.offline or terminal.conflict
 * @param code of a conflict
 */
public record TerminalMessage(String type, Subject terminal, @Nullable String code) {
  /**
   * Which one.
   *
   * @param id null for one that nobody knows
   * @param phone digits without leading zeros
   * @param protocol edition of JT/T 808; null if it is offline
   */
  public record Subject(@Nullable UUID id, String phone, String state, @Nullable String protocol) {}

  public static TerminalMessage online(@Nullable UUID id, String phone, String protocol) {
    return new TerminalMessage("terminal.online", new Subject(id, phone, "online", protocol), null);
  }

  public static TerminalMessage offline(@Nullable UUID id, String phone) {
    return new TerminalMessage("terminal.offline", new Subject(id, phone, "offline", null), null);
  }

  /** Several boxes use its number and drive each other away. */
  public static TerminalMessage conflict(@Nullable UUID id, String phone, String code) {
    return new TerminalMessage("terminal.conflict", new Subject(id, phone, "online", null), code);
  }
}
