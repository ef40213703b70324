package io.roadcast.events;

import java.util.Locale;

/** What noticed it. */
public enum EventKind {
  /** Driver assistance: what is in front of the vehicle. */
  ADAS,
  /** Driver state monitoring. */
  DSM,
  /** Tyres. */
  TPMS,
  /** Blind areas. */
  BSD,
  /** Aggressive driving. */
  DRIVING,
  /** Video and storage of the terminal (JT/T 1078). */
  VIDEO,
  /** Alarm flags of a location report (JT/T 808). */
  ALARM,
  /** Noticed by another analyser, of a kind of its own. */
  OTHER;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of this label
   */
  public static EventKind ofLabel(String label) {
    for (EventKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no kind \"" + label + "\"");
  }
}
