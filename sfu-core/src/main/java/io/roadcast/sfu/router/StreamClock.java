package io.roadcast.sfu.router;

/**
 * Puts the timelines of a stream's successive publications behind each other, so that a viewer's
 * RTP time goes on when a camera comes back with another clock. One clock serves both tracks, which
 * keeps them together.
 */
final class StreamClock {
  /** A moment on the stream's timeline and when it came in. */
  private record Anchor(long timeMicros, long nanos) {}

  private volatile Anchor first = new Anchor(0, 0);
  private volatile Anchor last = new Anchor(0, 0);
  private volatile boolean started;

  /**
   * What to add to a new publication's times: its first frame follows the last one of the stream
   * after as much time as really passed.
   */
  long offsetMicros(long publicationMicros, long receivedNanos) {
    Anchor before = last;
    long elapsed = started ? Math.max(0, receivedNanos - before.nanos) / 1000 : 0;
    long offset = before.timeMicros + elapsed - publicationMicros;
    first = new Anchor(publicationMicros + offset, receivedNanos);
    return offset;
  }

  void passed(long timeMicros, long receivedNanos) {
    last = new Anchor(timeMicros, receivedNanos);
    started = true;
  }

  /**
   * The stream's time at a moment of {@link System#nanoTime()}, the same for both tracks: what a
   * sender report says of now.
   */
  long timeMicrosAt(long nanos) {
    Anchor anchor = first;
    return anchor.timeMicros + (nanos - anchor.nanos) / 1000;
  }
}
