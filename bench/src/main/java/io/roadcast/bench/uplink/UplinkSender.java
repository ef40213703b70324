package io.roadcast.bench.uplink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** A thread that sends for many terminals, each picture when it is due. */
final class UplinkSender implements Runnable {
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  private final PicturePlan plan;
  private final Deque<TerminalUplink> uplinks = new ArrayDeque<>();
  private final ByteBuffer scratch;
  private volatile boolean stopped;

  UplinkSender(PicturePlan plan) {
    this.plan = plan;
    this.scratch = ByteBuffer.allocateDirect(plan.longestPicture());
  }

  /** Before the thread runs; the phases rise from terminal to terminal within one interval. */
  void add(InetSocketAddress server, String digits, long phaseNanos, UplinkCounts counts)
      throws IOException {
    uplinks.addLast(new TerminalUplink(server, digits, phaseNanos, counts));
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    while (!stopped && !uplinks.isEmpty()) {
      long now = System.nanoTime() - start;
      long wait = uplinks.element().dueNanos(plan) - now;
      if (wait > 0) {
        LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE_NANOS));
        continue;
      }
      // All have the same rate, so the first in the row is always the one that is due next.
      TerminalUplink uplink = uplinks.remove();
      uplink.send(plan, scratch, now);
      uplinks.addLast(uplink);
    }
  }

  void stop() {
    stopped = true;
  }

  void closeAll() throws IOException {
    for (TerminalUplink uplink : uplinks) {
      uplink.close();
    }
  }
}
