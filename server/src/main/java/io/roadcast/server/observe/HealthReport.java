package io.roadcast.server.observe;

import io.roadcast.signaling.http.HealthSource;
import java.util.List;

/** {@link Health} as {@code /healthz} and {@code /readyz} tell it. */
public final class HealthReport implements HealthSource {
  private final io.roadcast.server.observe.Health node;

  public HealthReport(io.roadcast.server.observe.Health node) {
    this.node = node;
  }

  /** Whoever can answer is alive. */
  @Override
  public HealthSource.Health health() {
    return new HealthSource.Health(List.of(new Check("process", true, null)));
  }

  @Override
  public HealthSource.Health readiness() {
    List<io.roadcast.server.observe.Health.Part> parts = node.parts();
    return new HealthSource.Health(
        state(parts),
        parts.stream()
            .map(
                part ->
                    new Check(part.name(), part.problem().isEmpty(), part.problem().orElse(null)))
            .toList());
  }

  private static State state(List<io.roadcast.server.observe.Health.Part> parts) {
    State worst = State.OK;
    for (io.roadcast.server.observe.Health.Part part : parts) {
      if (part.problem().isPresent()) {
        switch (part.weight()) {
          case ESSENTIAL -> {
            return State.FAILING;
          }
          case HELPFUL -> worst = State.DEGRADED;
        }
      }
    }
    return worst;
  }
}
