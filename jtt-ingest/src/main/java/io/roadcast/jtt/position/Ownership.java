package io.roadcast.jtt.position;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose a terminal is at this moment. Asked on any thread; must not block. */
@FunctionalInterface
public interface Ownership {
  /** All null for a terminal that nobody knows. */
  record Owner(@Nullable UUID terminal, @Nullable UUID vehicle, @Nullable UUID organization) {
    public static final Owner NOBODY = new Owner(null, null, null);
  }

  /**
   * @param terminal digits without leading zeros
   */
  Owner of(String terminal);

  static Ownership nobodys() {
    return terminal -> Owner.NOBODY;
  }
}
