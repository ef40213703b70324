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
 * @param terminal whose events; null for all
 * @param group whose events; null for all
 * @param kind of events; null for all
 * @param severity least of events; null for all
 * @param since number of the event that was seen last; null to be told of what is new
 */
record ClientMessage(
    @Nullable String type,
    @Nullable String viewer,
    @Nullable List<Told> viewers,
    @Nullable String terminal,
    @Nullable String group,
    @Nullable String kind,
    @Nullable String severity,
    @Nullable Long since) {
  /** What a player tells of one viewing. */
  record Told(@Nullable String viewer, @Nullable PlayerFigures figures) {}

  /** What the viewer is to be shown; the other members are a {@code PlaybackCommand}'s. */
  static final String PLAYBACK = "viewer.playback";

  static final String FOLLOW = "viewer.follow";

  /** The viewer looks away, or looks again. */
  static final String PAUSE = "viewer.pause";

  static final String RESUME = "viewer.resume";
  static final String FIGURES = "viewer.figures";
  static final String SUBSCRIBE = "events.subscribe";
  static final String UNSUBSCRIBE = "events.unsubscribe";
}
