package io.roadcast.signaling.ws;

import io.roadcast.signaling.http.PlayerFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say.
 *
 * @param type what it wants
 * @param viewer the viewer that is meant
 * @param viewers what players tell of their viewings
 */
record ClientMessage(@Nullable String type, @Nullable String viewer, @Nullable List<Told> viewers) {
  /** What a player tells of one viewing. */
  record Told(@Nullable String viewer, @Nullable PlayerFigures figures) {}

  /** What the viewer is to be shown; the other members are a {@code PlaybackCommand}'s. */
  static final String PLAYBACK = "viewer.playback";

  static final String FOLLOW = "viewer.follow";

  /** The viewer looks away, or looks again. */
  static final String PAUSE = "viewer.pause";

  static final String RESUME = "viewer.resume";

  static final String FIGURES = "viewer.figures";
}
