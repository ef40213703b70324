package io.roadcast.events.action;

import java.util.Locale;

/** What can be done about an event. */
public enum ActionKind {
  /** Ask the terminal for the files of the alarm. */
  ATTACHMENTS,
  /** Cut a clip from our own video. */
  CLIP,
  /** Record the vehicle's cameras for a while. */
  RECORD,
  /** Show and speak a text to the driver. */
  TEXT;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of this label
   */
  public static ActionKind ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Whether it makes no sense any more some minutes later. */
  boolean live() {
    return this == RECORD || this == TEXT;
  }
}
