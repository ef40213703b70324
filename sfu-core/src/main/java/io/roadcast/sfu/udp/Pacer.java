package io.roadcast.sfu.udp;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the replays of one worker their share of its bandwidth: each its own rate, all together no
 * more than the shared one, in slices of at most 64 packets per millisecond, in turn.
 */
final class Pacer {
  static final int MAX_PACKETS_PER_SLICE = 64;
  private static final long SLICE_NANOS = 1_000_000;

  /** After a pause no more is made up for than this. */
  private static final long MAX_ELAPSED_NANOS = 4 * SLICE_NANOS;

  private static final int PACKET_BYTES = 1200;

  private final List<Viewer> replaying = new ArrayList<>();
  private final long sharedBytesPerMilli;
  private long shared;
  private long lastNanos;
  private int turn;

  Pacer(int sharedBytesPerMilli) {
    this.sharedBytesPerMilli = sharedBytesPerMilli;
  }

  /** A viewer's replay begins: its first slice leaves with the next {@link #tick}. */
  void add(Viewer viewer, long nowNanos) {
    if (replaying.isEmpty()) {
      lastNanos = nowNanos - SLICE_NANOS;
      shared = 0;
    }
    if (!replaying.contains(viewer)) {
      replaying.add(viewer);
    }
  }

  void remove(Viewer viewer) {
    replaying.remove(viewer);
  }

  boolean isIdle() {
    return replaying.isEmpty();
  }

  /** When the next slices are due, if it is not idle. */
  long dueNanos() {
    return lastNanos + SLICE_NANOS;
  }

  /** Sends what is due. Viewers whose replay is over leave the pacer. */
  void tick(long nowNanos) {
    if (replaying.isEmpty() || nowNanos - dueNanos() < 0) {
      return;
    }
    long elapsed = Math.min(nowNanos - lastNanos, MAX_ELAPSED_NANOS);
    lastNanos = nowNanos;
    shared = Math.min(shared, 0) + sharedBytesPerMilli * elapsed / SLICE_NANOS;
    int turns = replaying.size();
    for (int i = 0; i < turns && shared > 0 && !replaying.isEmpty(); i++) {
      turn = turn >= replaying.size() ? 0 : turn;
      Viewer viewer = replaying.get(turn);
      long own = viewer.burstBytesPerMilli() * elapsed / SLICE_NANOS;
      int packets = (int) Math.clamp(own / PACKET_BYTES, 1, MAX_PACKETS_PER_SLICE);
      shared -= (long) viewer.replay(packets, nowNanos) * PACKET_BYTES;
      if (viewer.isReplaying()) {
        turn++;
      } else {
        replaying.remove(viewer);
      }
    }
  }
}
