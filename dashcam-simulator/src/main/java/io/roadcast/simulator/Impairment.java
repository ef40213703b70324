package io.roadcast.simulator;

/**
 * What the way to the server does to packets, by a random order that the seed fixes.
 *
 * @param lossPercent share of packets that are dropped, 0 to 100; their sequence numbers are used
 *     up
 * @param reorderPercent share of packets that change places with the next one of the same frame
 */
public record Impairment(double lossPercent, double reorderPercent, long seed) {
  public Impairment {
    if (lossPercent < 0 || lossPercent > 100 || reorderPercent < 0 || reorderPercent > 100) {
      throw new IllegalArgumentException("percentages of loss or reordering beyond 0 to 100");
    }
  }

  public static Impairment none() {
    return new Impairment(0, 0, 1);
  }
}
