package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;

/** Alarms at a high rate while the server is killed: each that was acknowledged is one event. */
final class EventRound {
  private static final int TERMINALS = 500;
  private static final long SECOND = 1_000_000_000L;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
  private static final Duration CATCHING_UP = Duration.ofMinutes(3);

  private final ServerProcess server;
  private final PrintWriter out;
  private final StoredNumbers numbers =
      new StoredNumbers(this::page, event -> event.path("location").path("altitude").asInt(-1));
  private final Outage outage;

  EventRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
    this.outage = new Outage(server, out, "alarms");
  }

  /** Whether every acknowledged alarm is an event, once, and the watcher was told in order. */
  boolean run(int perSecond, int seconds, int kills) throws IOException, InterruptedException {
    try (PositionLoad load = PositionLoad.ofAlarms(server.signallingPort(), TERMINALS);
        EventWatcher watcher = new EventWatcher(server.webSocket())) {
      load.connect();
      watcher.connect();
      long part = (long) perSecond * seconds / (kills + 1);
      for (int kill = 0; kill < kills; kill++) {
        load.report(perSecond, part);
        outage.happen(load, perSecond);
        load.connect();
        watcher.connect();
      }
      load.report(perSecond, part);
      boolean answered = load.awaitAnswers(LAST_ANSWERS);
      out.printf(
          "alarms: %d sent, %d/s, acknowledged: %s%n", load.made(), perSecond, load.delays());
      return verify(load, watcher) && answered;
    }
  }

  private boolean verify(PositionLoad load, EventWatcher watcher)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long lost = 0;
    long doubled = 0;
    long acknowledged = 0;
    long stored = 0;
    for (int i = 0; i < load.count(); i++) {
      BitSet wanted = load.acknowledged(i);
      BitSet found = new BitSet();
      doubled += stored(load.digits(i), found, wanted, begin + CATCHING_UP.toNanos());
      acknowledged += wanted.cardinality();
      stored += found.cardinality();
      wanted.andNot(found);
      lost += wanted.cardinality();
    }
    out.printf(
        "alarms: %d acknowledged, %d of them lost, %d events twice; read %.1f s after the last"
            + " answer%n",
        acknowledged, lost, doubled, (System.nanoTime() - begin) / 1e9);
    boolean told = awaitTold(watcher, stored);
    out.printf(
        "alarms: watcher told of %d events of %d, %d out of order, after reception: %s%n",
        watcher.created(), stored, watcher.disorder(), watcher.delays());
    out.flush();
    return lost == 0 && doubled == 0 && told && watcher.disorder() == 0;
  }

  private static boolean awaitTold(EventWatcher watcher, long count) throws InterruptedException {
    long end = System.nanoTime() + 60 * SECOND;
    while (watcher.created() < count && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    return watcher.created() == count;
  }

  /** Reads the stored numbers until the wanted ones are there; how many came twice. */
  private long stored(String digits, BitSet found, BitSet wanted, long end)
      throws IOException, InterruptedException {
    String path = "/api/v1/events?kind=dsm&limit=500&terminal=" + digits;
    while (true) {
      found.clear();
      long doubled = numbers.read(path, found);
      BitSet missing = (BitSet) wanted.clone();
      missing.andNot(found);
      if (missing.isEmpty() || System.nanoTime() > end) {
        return doubled;
      }
      Thread.sleep(500);
    }
  }

  private String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = server.get(path);
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.body());
    }
    return response.body();
  }
}
