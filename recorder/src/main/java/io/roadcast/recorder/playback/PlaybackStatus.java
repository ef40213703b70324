package io.roadcast.recorder.playback;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer is shown at a moment.
 *
 * @param at when the picture was recorded that it was sent last; of a live picture, now
 * @param speed 1 is as fast as it was
 * @param problem why it does not go on
 */
public record PlaybackStatus(
    PlaybackState state, Instant at, double speed, PlaybackException.@Nullable Code problem) {
  /** It is shown what is live. */
  public static PlaybackStatus live() {
    return new PlaybackStatus(PlaybackState.LIVE, Instant.now(), 1, null);
  }
}
