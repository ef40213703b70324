package io.roadcast.recorder.policy;

import java.util.Locale;
import java.util.Optional;

/** What a policy is for; a later one is more specific. */
public enum PolicyScope {
  ORGANIZATION,
  /** With all groups within it. */
  GROUP,
  VEHICLE,
  /** Both qualities of a terminal's channel. */
  CHANNEL;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PolicyScope> ofLabel(String label) {
    for (PolicyScope scope : values()) {
      if (scope.label().equals(label)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
