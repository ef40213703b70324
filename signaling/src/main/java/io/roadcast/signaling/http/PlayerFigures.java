package io.roadcast.signaling.http;

import org.jspecify.annotations.Nullable;

/**
 * A viewing as its player sees it, from the browser's {@code getStats}; nobody else vouches for it.
 * Anything may be absent.
 *
 * @param firstFrameMs from the beginning to the first picture
 * @param frameRate pictures decoded per second, lately
 * @param freezes how often the picture stood, so far
 * @param freezeMs how long in all
 * @param jitterBufferMs how long pictures wait in the browser, lately
 */
public record PlayerFigures(
    @Nullable Double firstFrameMs,
    @Nullable Double frameRate,
    @Nullable Long freezes,
    @Nullable Double freezeMs,
    @Nullable Double jitterBufferMs) {
  private static final double MAX = 1e9;

  boolean plausible() {
    return plausible(firstFrameMs)
        && plausible(frameRate)
        && plausible(freezes)
        && plausible(freezeMs)
        && plausible(jitterBufferMs);
  }

  private static boolean plausible(@Nullable Number value) {
    return value == null || (value.doubleValue() >= 0 && value.doubleValue() <= MAX);
  }
}
