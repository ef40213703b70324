package io.roadcast.bench.fanout;

import java.util.List;

/**
 * What to measure.
 *
 * @param bursts packets per frame
 * @param seconds of each measurement
 */
record FanoutPlan(
    List<FanoutVariant> variants, List<Integer> bursts, int viewers, int rounds, double seconds) {
  public FanoutPlan {
    if (viewers < 1 || rounds < 1 || seconds <= 0 || bursts.stream().anyMatch(b -> b < 1)) {
      throw new IllegalArgumentException("counts and times are positive");
    }
  }
}
