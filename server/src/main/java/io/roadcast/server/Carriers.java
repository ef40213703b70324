package io.roadcast.server;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many threads of the system carry the virtual ones. A virtual thread that computes (a clip, a
 * small picture, the hash of an upload) keeps its carrier until it waits for something. With one
 * for each processor, which is what Java has by itself, two such threads on two processors hold up
 * every handshake, request and push. With twice as many the kernel gives each its share. With many
 * more, a burst of work takes the processors from whoever else needs them.
 */
final class Carriers {
  private static final int PER_PROCESSOR = 2;
  private static final int FEWEST = 4;

  private Carriers() {}

  /** Makes sure that there are enough; more than are there by other means stay. */
  static void provide() {
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    int wanted = Math.max(FEWEST, PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    if (scheduler.getParallelism() < wanted) {
      scheduler.setParallelism(wanted);
    }
  }
}
