package io.roadcast.jtt.live;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time in milliseconds, and what happens in it: each at its time, in order of asking. */
final class Agenda {
  private record Due(long at, long order, Runnable what) {}

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now;
  private long order;

  long now() {
    return now;
  }

  void after(long delay, Runnable what) {
    dues.add(new Due(now + delay, order++, what));
  }

  void advanceTo(long time) {
    while (!dues.isEmpty() && dues.element().at <= time) {
      Due due = dues.remove();
      now = due.at;
      due.what.run();
    }
    now = time;
  }

  /** Goes on until nothing is left to happen; whether that came within so many steps. */
  boolean runDry(int mostSteps) {
    int steps = 0;
    while (!dues.isEmpty() && steps < mostSteps) {
      advanceTo(dues.element().at);
      steps++;
    }
    return dues.isEmpty();
  }
}
