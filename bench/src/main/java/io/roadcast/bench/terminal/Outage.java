package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Kills the server, and starts it again, while something is on its way to it. */
final class Outage {
  private final ServerProcess server;
  private final PrintWriter out;
  private final String what;

  /**
   * @param what is on its way, for who reads the output
   */
  Outage(ServerProcess server, PrintWriter out, String what) {
    this.server = server;
    this.out = out;
    this.what = what;
  }

  void happen(PositionLoad load, int perSecond) throws IOException, InterruptedException {
    AtomicReference<@Nullable InterruptedException> interrupted = new AtomicReference<>();
    Thread killer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    server.kill();
                  } catch (InterruptedException e) {
                    interrupted.set(e);
                  }
                });
    load.report(perSecond, perSecond / 2);
    killer.join();
    InterruptedException failure = interrupted.get();
    if (failure != null) {
      throw failure;
    }
    out.printf("%s: killed when %d were sent%n", what, load.made());
    long down = System.nanoTime();
    server.start();
    out.printf("%s: ready again after %.1f s%n", what, (System.nanoTime() - down) / 1e9);
    out.flush();
  }
}
