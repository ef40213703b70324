package io.roadcast.sfu.udp;

/**
 * Whether a viewer should have the stream that it asked for or the sub-stream of the same camera.
 * Down when the path carries too little for three seconds; up when it has carried clearly more than
 * enough for five, and for longer each time that going up was a mistake.
 */
final class QualityChoice {
  private static final int BAD_SECONDS = 3;
  private static final int GOOD_SECONDS = 5;
  private static final int MAX_GOOD_SECONDS = 60;
  private static final double ENOUGH = 1.25;

  /** Who has to go down again within this time went up too early. */
  private static final int TRIAL_SECONDS = 20;

  private boolean smaller;
  private int bad;
  private int good;
  private int goodNeeded = GOOD_SECONDS;
  private int secondsSinceUp = TRIAL_SECONDS;

  /** Whether the sub-stream is what should be sent. */
  boolean prefersSmaller() {
    return smaller;
  }

  /** The sub-stream can not be had: there is nothing to choose. */
  void giveUp() {
    smaller = false;
    bad = 0;
  }

  /**
   * To be called once a second.
   *
   * @param path what the path carries, bits per second
   * @param needed by the stream that was asked for; 0 if that is not known
   */
  void second(long path, long needed) {
    if (needed == 0) {
      return;
    }
    if (smaller) {
      good = path >= ENOUGH * needed ? good + 1 : 0;
      if (good >= goodNeeded) {
        smaller = false;
        good = 0;
        bad = 0;
        secondsSinceUp = 0;
      }
      return;
    }
    secondsSinceUp++;
    bad = path < needed ? bad + 1 : 0;
    if (bad >= BAD_SECONDS) {
      boolean early = secondsSinceUp < TRIAL_SECONDS;
      goodNeeded = early ? Math.min(2 * goodNeeded, MAX_GOOD_SECONDS) : GOOD_SECONDS;
      smaller = true;
      bad = 0;
      good = 0;
    }
  }
}
