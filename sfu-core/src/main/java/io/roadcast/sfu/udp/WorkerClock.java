package io.roadcast.sfu.udp;

import java.time.Instant;

/** The time as a worker sees it; tests move it by hand. */
public interface WorkerClock {
  WorkerClock SYSTEM =
      new WorkerClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant wall() {
          return Instant.now();
        }
      };

  /** As {@link System#nanoTime()}: blocks are stamped with it. */
  long nanos();

  /** UTC, for sender reports and statistics. */
  Instant wall();
}
