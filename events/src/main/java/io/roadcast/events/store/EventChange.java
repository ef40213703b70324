package io.roadcast.events.store;

import java.util.Locale;

/** What became of an event. */
public enum EventChange {
  CREATED,
  ENDED,
  /** Somebody acknowledged it, took it over, wrote something. */
  HANDLED,
  /** A file came, or failed to. */
  EVIDENCE;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of this label
   */
  public static EventChange ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
