package io.roadcast.media.ffmpeg;

import java.util.PriorityQueue;

/**
 * When decoded pictures are to be shown. Access units come in decoding order, stamped by their
 * source with the time of decoding or of showing, which cannot be told apart; pictures leave in the
 * order of showing, each with the earliest stamp that none before it had. Used by one thread.
 */
final class PictureClock {
  private static final long LEAST_STEP_MICROS = 1000;

  private final PriorityQueue<Long> stamps = new PriorityQueue<>();
  private long last = Long.MIN_VALUE / 2;

  /** An access unit goes into the decoder. */
  void entered(long stampMicros) {
    stamps.add(stampMicros);
  }

  /**
   * A picture comes out of the decoder.
   *
   * @param ownMicros stamp of its own access unit
   * @param reordered how many pictures the decoder holds back to put them in order
   * @return its time, always later than the one before
   */
  long left(long ownMicros, int reordered) {
    // Stamps of access units that gave no picture must not delay all that follow.
    while (stamps.size() > reordered + 1) {
      stamps.poll();
    }
    Long earliest = stamps.poll();
    long time = earliest == null || reordered == 0 ? ownMicros : earliest;
    last = Math.max(time, last + LEAST_STEP_MICROS);
    return last;
  }

  /** Another decoder: what went into the one before does not come out any more. */
  void restart() {
    stamps.clear();
  }
}
