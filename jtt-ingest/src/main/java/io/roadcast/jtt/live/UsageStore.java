package io.roadcast.jtt.live;

import java.time.YearMonth;
import java.util.Map;

/** Keeps how many bytes each terminal sent in each month. May block and fail. */
public interface UsageStore {
  /** Bytes by terminal. */
  Map<String, Long> load(YearMonth month);

  /** Adds bytes, all or nothing. */
  void add(YearMonth month, Map<String, Long> bytes);
}
