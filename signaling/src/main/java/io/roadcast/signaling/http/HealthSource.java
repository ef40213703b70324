package io.roadcast.signaling.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the server is; answers quickly, on any thread. */
public interface HealthSource {
  /**
   * @param detail for people, absent when there is nothing to say
   */
  record Check(String name, boolean healthy, @Nullable String detail) {}

  /** How all of it is. */
  enum State {
    OK,
    /** Viewers are served; something else does not work. */
    DEGRADED,
    FAILING;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Health(State state, List<Check> checks) {
    public Health {
      checks = List.copyOf(checks);
    }

    /** All checks are essential: failing if one of them is not healthy. */
    public Health(List<Check> checks) {
      this(checks.stream().allMatch(Check::healthy) ? State.OK : State.FAILING, checks);
    }
  }

  /** Whether the process works; if not, it is best restarted. */
  Health health();

  /** Whether it can take requests now. */
  Health readiness();
}
