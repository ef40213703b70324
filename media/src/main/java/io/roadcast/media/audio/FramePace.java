package io.roadcast.media.audio;

/**
 * How much comes in how much time, by the frames' stamps: what tells the rate of a coding that does
 * not say it. Stamps may repeat or lag, so it is judged over some time. One thread at a time.
 */
public final class FramePace {
  private static final long SHORTEST_MICROS = 230_000;
  private static final long LONGEST_MICROS = 2_000_000;
  private static final int FEWEST_FRAMES = 4;

  private boolean started;
  private long firstMicros;
  private long amount;
  private long pending;
  private int frames;
  private double perSecond;

  /**
   * A frame came.
   *
   * @param amountOfFrame in any unit
   * @param stampMicros of its beginning
   */
  public void add(long amountOfFrame, long stampMicros) {
    long elapsed = stampMicros - firstMicros;
    if (!started || elapsed < 0 || elapsed > LONGEST_MICROS) {
      started = true;
      firstMicros = stampMicros;
      amount = 0;
      frames = 0;
    } else {
      amount += pending;
      frames++;
      if (frames >= FEWEST_FRAMES && elapsed >= SHORTEST_MICROS) {
        perSecond = amount * 1e6 / elapsed;
      }
    }
    pending = amountOfFrame;
  }

  /** Amount per second, 0 until it is known. */
  public double perSecond() {
    return perSecond;
  }

  /** Which of some values is nearest to one, as a ratio. */
  public static int nearest(double value, int... choices) {
    int best = choices[0];
    for (int choice : choices) {
      if (Math.abs(Math.log(value / choice)) < Math.abs(Math.log(value / best))) {
        best = choice;
      }
    }
    return best;
  }
}
