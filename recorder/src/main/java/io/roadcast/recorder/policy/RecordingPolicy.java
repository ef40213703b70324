package io.roadcast.recorder.policy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When the streams of something are kept.
 *
 * @param subject id of an organization, group or vehicle, or name of a channel's stream
 * @param organization that the subject belongs to
 * @param schedule null unless the mode is a schedule
 * @param limits of what it keeps
 */
public record RecordingPolicy(
    PolicyScope scope,
    String subject,
    UUID organization,
    PolicyMode mode,
    @Nullable Schedule schedule,
    KeepLimits limits) {
  public RecordingPolicy {
    if ((mode == PolicyMode.SCHEDULE) != (schedule != null)) {
      throw new IllegalArgumentException(
          "a schedule is given for the mode schedule, and only then");
    }
  }

  /** Scope and subject, such as "vehicle/{id}", as they stand with what it keeps. */
  public String name() {
    return scope.label() + "/" + subject;
  }

  /** Whether what is live at this time is kept. */
  boolean keeps(Instant at) {
    return switch (mode) {
      case ALWAYS, LIVE -> true;
      case SCHEDULE -> schedule != null && schedule.active(at);
      case EVENT, NEVER -> false;
    };
  }

  /** Whether the camera is to be on at this time. */
  boolean demands(Instant at) {
    return mode == PolicyMode.ALWAYS || (mode == PolicyMode.SCHEDULE && keeps(at));
  }
}
