package io.roadcast.signaling.ws;

import org.jspecify.annotations.Nullable;

/**
 * What a client may say.
 *
 * @param type what it wants
 * @param viewer the viewer that is meant
 */
record ClientMessage(@Nullable String type, @Nullable String viewer) {
  static final String FOLLOW = "viewer.follow";

  /** The viewer looks away, or looks again. */
  static final String PAUSE = "viewer.pause";

  static final String RESUME = "viewer.resume";
}
