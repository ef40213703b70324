package io.roadcast.signaling.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A viewing that is over, as it was at its end.
 *
 * @param endedAt when it ended
 * @param end why: left, kicked, consent_expired, …
 * @param player what its player told last; absent if it told nothing
 * @param glassToGlassMs as of its player's last word; absent where it is not known
 */
public record EndedViewing(
    @JsonUnwrapped ViewerView viewer,
    Instant endedAt,
    String end,
    @Nullable PlayerFigures player,
    @Nullable Long glassToGlassMs) {}
