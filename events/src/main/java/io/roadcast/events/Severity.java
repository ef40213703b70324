package io.roadcast.events;

import java.util.Locale;

/** How serious an event is, least first. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of this label
   */
  public static Severity ofLabel(String label) {
    for (Severity severity : values()) {
      if (severity.label().equals(label)) {
        return severity;
      }
    }
    throw new IllegalArgumentException("\"severity\" is info, warning or critical");
  }
}
