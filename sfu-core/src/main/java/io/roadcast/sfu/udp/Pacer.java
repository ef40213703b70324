package io.roadcast.sfu.udp;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the replays of one worker, and what goes to viewers with slow paths, their share of its
 * bandwidth: each its own rate ({@link Pace}), all together no more than the shared one, in slices
 * of at most 64 packets per millisecond, in turn.
 */
final class Pacer {
  static final int MAX_PACKETS_PER_SLICE = 64;
  private static final long SLICE_NANOS = 1_000_000;

  /** After a pause no more is made up for than this. */
  private static final long MAX_ELAPSED_NANOS = 4 * SLICE_NANOS;

  private static final int PACKET_BYTES = 1200;

  private final List<Viewer> paced = new ArrayList<>();
  private final long sharedBytesPerMilli;
  private long shared;
  private long lastNanos;
  private int turn;

  Pacer(int sharedBytesPerMilli) {
    this.sharedBytesPerMilli = sharedBytesPerMilli;
  }

  /** A viewer has pictures to be paced: a first slice leaves with the next {@link #tick}. */
  void add(Viewer viewer, long nowNanos) {
    if (paced.isEmpty()) {
      lastNanos = nowNanos - SLICE_NANOS;
      shared = 0;
    }
    if (viewer.enterPacer()) {
      paced.add(viewer);
    }
  }

  void remove(Viewer viewer) {
    if (viewer.leavePacer()) {
      paced.remove(viewer);
    }
  }

  boolean isIdle() {
    return paced.isEmpty();
  }

  /** When the next slices are due, if it is not idle. */
  long dueNanos() {
    return lastNanos + SLICE_NANOS;
  }

  /** Sends what is due. Viewers that were sent everything leave the pacer. */
  void tick(long nowNanos) {
    if (paced.isEmpty() || nowNanos - dueNanos() < 0) {
      return;
    }
    long elapsed = Math.min(nowNanos - lastNanos, MAX_ELAPSED_NANOS);
    lastNanos = nowNanos;
    shared = Math.min(shared, 0) + sharedBytesPerMilli * elapsed / SLICE_NANOS;
    int turns = paced.size();
    for (int i = 0; i < turns && shared > 0 && !paced.isEmpty(); i++) {
      turn = turn >= paced.size() ? 0 : turn;
      Viewer viewer = paced.get(turn);
      int packets = Math.min(viewer.packetsDue(elapsed, nowNanos), MAX_PACKETS_PER_SLICE);
      boolean stays = true; // before its turn: it may have pictures left from a slower time
      if (packets > 0) {
        shared -= (long) viewer.sendSlice(packets, nowNanos) * PACKET_BYTES;
        stays = viewer.isPaced();
      }
      if (stays) {
        turn++;
      } else {
        remove(viewer);
      }
    }
  }
}
