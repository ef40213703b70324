package io.roadcast.jtt.live;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps how many bytes terminals and organizations may use in a month. May block and fail. */
public interface BudgetStore {
  /** What a budget is of. */
  enum Kind {
    TERMINAL,
    ORGANIZATION
  }

  /** All that were set, by id. */
  Map<UUID, Long> load(Kind kind);

  /**
   * @param monthlyBytes null removes it
   */
  void set(Kind kind, UUID id, @Nullable Long monthlyBytes);
}
