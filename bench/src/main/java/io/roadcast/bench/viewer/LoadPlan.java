package io.roadcast.bench.viewer;

import java.time.Duration;
import java.util.List;

/**
 * What a load run does.
 *
 * @param streams how to reach each stream; asked once per viewer
 * @param viewersPerStream at least 1
 * @param stagger between two joins
 * @param duration of the measurement, which begins when all have joined or failed
 */
public record LoadPlan(
    List<Watched> streams,
    int viewersPerStream,
    Duration stagger,
    Duration duration,
    LoadViewerOptions options) {
  public LoadPlan {
    streams = List.copyOf(streams);
    if (streams.isEmpty() || viewersPerStream < 1) {
      throw new IllegalArgumentException("nothing to watch");
    }
  }

  /** A stream, from which each viewer takes an exchange of its own. */
  @FunctionalInterface
  public interface Watched {
    OfferExchange exchange();
  }

  /** How many viewers in all. */
  public int viewers() {
    return streams.size() * viewersPerStream;
  }
}
