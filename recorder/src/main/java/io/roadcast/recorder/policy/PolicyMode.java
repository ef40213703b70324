package io.roadcast.recorder.policy;

import java.util.Locale;
import java.util.Optional;

/** When streams are kept; the names are part of the API. */
public enum PolicyMode {
  /** The camera is kept on for it, and that counts against its data. */
  ALWAYS,
  /** For as long as somebody else keeps the camera on. */
  LIVE,
  /** When somebody asks for it, with what the ring still has from before. */
  EVENT,
  /** As always, at the times of a schedule. */
  SCHEDULE,
  NEVER;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PolicyMode> ofLabel(String label) {
    for (PolicyMode mode : values()) {
      if (mode.label().equals(label)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
