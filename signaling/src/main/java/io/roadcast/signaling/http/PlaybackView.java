package io.roadcast.signaling.http;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer is shown, as the API says it.
 *
 * @param state live, playing, paused or ended
 * @param at when the picture was recorded that was sent last
 * @param now the server's clock
 * @param problem the code of why it does not go on; absent if nothing is wrong
 * @param recorded when there are pictures; absent if that was not asked for
 */
public record PlaybackView(
    UUID viewer,
    String state,
    Instant at,
    double speed,
    Instant now,
    @Nullable String problem,
    @Nullable List<Recorded> recorded) {
  /** A time with pictures throughout. */
  public record Recorded(Instant from, Instant to) {}
}
