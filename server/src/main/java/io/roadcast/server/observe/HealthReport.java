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
    return new HealthSource.Health(
        node.parts().stream()
            .map(
                part ->
                    new Check(part.name(), part.problem().isEmpty(), part.problem().orElse(null)))
            .toList());
  }
}
