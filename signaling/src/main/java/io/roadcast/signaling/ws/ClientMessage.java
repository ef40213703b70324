package io.roadcast.signaling.ws;

import org.jspecify.annotations.Nullable;

/**
 * What a client may say.
 *
 * @param type viewer.follow is the only one so far
 * @param viewer the viewer to follow
 */
record ClientMessage(@Nullable String type, @Nullable String viewer) {
  static final String FOLLOW = "viewer.follow";
}
