package io.roadcast.bench.janus;

import java.io.IOException;

/** Keeps this process on one core, away from the server's. */
final class Pinning {
  private Pinning() {}

  static void pin(int core) throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder(
                "taskset",
                "-a",
                "-p",
                "-c",
                Integer.toString(core),
                Long.toString(ProcessHandle.current().pid()))
            .redirectErrorStream(true)
            .start();
    String said = new String(taskset.getInputStream().readAllBytes());
    if (taskset.waitFor() != 0) {
      throw new IOException("taskset: " + said.strip());
    }
  }
}
