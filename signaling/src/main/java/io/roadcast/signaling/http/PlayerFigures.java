package io.roadcast.signaling.http;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What players last told of their viewings. Any thread. */
public final class PlayerFigures {
  private static final double MAX = 1e9;

  private final ConcurrentHashMap<UUID, Figures> latest = new ConcurrentHashMap<>();

  /**
   * A viewing as its player sees it, from the browser's {@code getStats}; nobody else vouches for
   * it. Anything may be absent.
   *
   * @param firstFrameMs from the beginning to the first picture
   * @param frameRate pictures decoded per second, lately
   * @param freezes how often the picture stood, so far
   * @param freezeMs how long in all
   * @param jitterBufferMs how long pictures wait in the browser, lately
   */
  public record Figures(
      @Nullable Double firstFrameMs,
      @Nullable Double frameRate,
      @Nullable Long freezes,
      @Nullable Double freezeMs,
      @Nullable Double jitterBufferMs) {
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

  /**
   * @throws ApiException MESSAGE_INVALID for figures that can not be
   */
  public void put(UUID viewer, Figures figures) {
    if (!figures.plausible()) {
      throw new ApiException(ErrorCode.MESSAGE_INVALID, "Figures are numbers from 0 to 1e9.");
    }
    latest.put(viewer, figures);
  }

  @Nullable Figures of(UUID viewer) {
    return latest.get(viewer);
  }

  /** The viewing is over. */
  public void forget(UUID viewer) {
    latest.remove(viewer);
  }
}
