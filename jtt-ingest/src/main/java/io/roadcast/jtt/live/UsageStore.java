package io.roadcast.jtt.live;

import java.time.YearMonth;
import java.util.Map;

/** Keeps how many bytes each channel sent in each month. May block and fail. */
public interface UsageStore {
  /** What was counted when channels were not told apart. */
  int ALL_CHANNELS = -1;

  /**
   * A channel, both qualities together.
   *
   * @param terminal digits without leading zeros
   * @param channel its number, or {@link #ALL_CHANNELS}
   */
  record Channel(String terminal, int channel) {}

  /** Bytes by channel. */
  Map<Channel, Long> load(YearMonth month);

  /** Adds bytes, all or nothing. */
  void add(YearMonth month, Map<Channel, Long> bytes);
}
