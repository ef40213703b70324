package io.roadcast.signaling.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the server is; answers quickly, on any thread. */
public interface HealthSource {
  /**
   * @param detail for people, absent when there is nothing to say
   */
  record Check(String name, boolean healthy, @Nullable String detail) {}

  /** Healthy if all checks are. */
  record Health(List<Check> checks) {
    public Health {
      checks = List.copyOf(checks);
    }

    public boolean healthy() {
      return checks.stream().allMatch(Check::healthy);
    }
  }

  /** Whether the process works; if not, it is best restarted. */
  Health health();

  /** Whether it can take requests now. */
  Health readiness();
}
