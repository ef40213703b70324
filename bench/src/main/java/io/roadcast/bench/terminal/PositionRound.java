package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;

/** Positions at a high rate while the server is killed: what was acknowledged must be there. */
final class PositionRound {
  private static final int TERMINALS = 500;
  private static final long SECOND = 1_000_000_000L;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private final ServerProcess server;
  private final PrintWriter out;
  private final StoredNumbers numbers =
      new StoredNumbers(this::page, position -> position.path("altitude_m").asInt());
  private final Outage outage;
  private final Instant begun = Instant.now().minusSeconds(60);

  PositionRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
    this.outage = new Outage(server, out, "positions");
  }

  /** Whether every acknowledged position is stored, once. */
  boolean run(int perSecond, int seconds, int kills) throws IOException, InterruptedException {
    try (PositionLoad load = new PositionLoad(server.signallingPort(), TERMINALS)) {
      load.connect();
      long part = (long) perSecond * seconds / (kills + 1);
      for (int kill = 0; kill < kills; kill++) {
        load.report(perSecond, part);
        outage.happen(load, perSecond);
        load.connect();
      }
      load.report(perSecond, part);
      boolean answered = load.awaitAnswers(LAST_ANSWERS);
      out.printf(
          "positions: %d sent, %d/s, acknowledged: %s%n", load.made(), perSecond, load.delays());
      return verify(load) && answered;
    }
  }

  private boolean verify(PositionLoad load) throws IOException, InterruptedException {
    awaitFollowed();
    long lost = 0;
    long doubled = 0;
    long acknowledged = 0;
    for (int i = 0; i < load.count(); i++) {
      BitSet stored = new BitSet();
      doubled += stored(load.digits(i), stored);
      BitSet missing = load.acknowledged(i);
      acknowledged += missing.cardinality();
      missing.andNot(stored);
      lost += missing.cardinality();
    }
    out.printf(
        "positions: %d acknowledged, %d of them lost, %d stored twice, %d never acknowledged%n",
        acknowledged, lost, doubled, load.made() - acknowledged);
    out.flush();
    return lost == 0 && doubled == 0;
  }

  /** Until the database has what the journal has. */
  private void awaitFollowed() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + 120 * SECOND;
    while (System.nanoTime() < end) {
      String behind =
          server
              .get("/metrics")
              .body()
              .lines()
              .filter(line -> line.startsWith("roadcast_journal_behind_bytes "))
              .findFirst()
              .orElse("");
      if (behind.endsWith(" 0.0")) {
        out.printf(
            "positions: all in the database %.1f s after the last answer%n",
            (System.nanoTime() - begin) / 1e9);
        return;
      }
      Thread.sleep(200);
    }
    out.println("positions: the database did not catch up in time");
  }

  /** Asks until the terminal, which came by just now, is one of the fleet. */
  private String page(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + 60 * SECOND;
    HttpResponse<String> response = server.get(path);
    while (response.statusCode() == 404 && System.nanoTime() < end) {
      Thread.sleep(500);
      response = server.get(path);
    }
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.body());
    }
    return response.body();
  }

  /** Reads the stored numbers, which are altitudes; how many came twice. */
  private long stored(String digits, BitSet found) throws IOException, InterruptedException {
    return numbers.read(
        "/api/v1/terminals/"
            + digits
            + "/track?limit=500&from="
            + begun
            + "&to="
            + Instant.now().plusSeconds(60),
        found);
  }
}
