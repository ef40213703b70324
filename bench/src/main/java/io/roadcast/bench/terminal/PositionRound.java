package io.roadcast.bench.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.bench.terminal.TcpTerminals.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Positions at a high rate while the server is killed: what was acknowledged must be there. */
final class PositionRound {
  private static final int TERMINALS = 500;
  private static final int FIRST_NUMBER = 500_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long LAST_ANSWERS = 60 * SECOND;

  private final ServerProcess server;
  private final PrintWriter out;
  private final ObjectMapper json = new ObjectMapper();
  private final Instant begun = Instant.now().minusSeconds(60);
  private final List<Reporter> reporters = new ArrayList<>();
  private final Delays delays = new Delays();

  /** A terminal that repeats what was not acknowledged, over all of its connections. */
  private static final class Reporter {
    private final int number;
    private final ArrayDeque<Report> open = new ArrayDeque<>();
    private final BitSet acknowledged = new BitSet();
    private Terminal link;
    private int made;

    Reporter(int number, Terminal link) {
      this.number = number;
      this.link = link;
    }
  }

  /** A position that is not yet acknowledged; its number is also its serial number. */
  private record Report(int number, byte[] frame, long sentNanos) {}

  PositionRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /** Whether every acknowledged position is stored, once. */
  boolean run(int perSecond, int seconds) throws IOException, InterruptedException {
    TcpTerminals terminals = new TcpTerminals(server.signallingPort());
    try {
      connectAll(terminals);
      long begin = System.nanoTime();
      long total = (long) perSecond * seconds;
      long made = report(terminals, begin, perSecond, total / 2, 0);
      server.kill();
      out.printf("positions: killed after %d%n", made);
      long down = System.nanoTime();
      server.start();
      out.printf("positions: ready again after %.1f s%n", (System.nanoTime() - down) / 1e9);
      reporters.forEach(each -> TcpTerminals.end(each.link));
      reconnect(terminals);
      begin = System.nanoTime() - made * SECOND / perSecond;
      made = report(terminals, begin, perSecond, total, made);
      terminals.runUntil(
          () -> reporters.stream().allMatch(each -> each.open.isEmpty()),
          System.nanoTime() + LAST_ANSWERS);
      out.printf("positions: %d sent, %d/s, acknowledged: %s%n", made, perSecond, delays);
      return verify();
    } finally {
      terminals.close();
    }
  }

  private void connectAll(TcpTerminals terminals) throws IOException {
    terminals.listen(this::answered);
    for (int i = 0; i < TERMINALS; i++) {
      reporters.add(new Reporter(i, terminals.connect(FIRST_NUMBER + i)));
    }
    awaitAuthenticated(terminals);
  }

  private void reconnect(TcpTerminals terminals) throws IOException {
    for (Reporter reporter : reporters) {
      reporter.link = terminals.connect(FIRST_NUMBER + reporter.number);
    }
    awaitAuthenticated(terminals);
    for (Reporter reporter : reporters) {
      for (Report report : reporter.open) {
        reporter.link.send(report.frame);
      }
    }
  }

  private void awaitAuthenticated(TcpTerminals terminals) throws IOException {
    terminals.runUntil(
        () -> reporters.stream().allMatch(each -> each.link.authenticated),
        System.nanoTime() + LAST_ANSWERS);
  }

  private long report(TcpTerminals terminals, long begin, int perSecond, long until, long already)
      throws IOException {
    long made = already;
    while (made < until) {
      long due = Math.min(until, (System.nanoTime() - begin) * perSecond / SECOND);
      for (; made < due; made++) {
        Reporter next = reporters.get((int) (made % TERMINALS));
        int number = next.made++;
        byte[] frame = TerminalFrame.location(next.link.phone, number + 1, number, Instant.now());
        next.open.add(new Report(number, frame, System.nanoTime()));
        next.link.send(frame);
      }
      terminals.readNow();
    }
    return made;
  }

  private void answered(Terminal terminal, int serial, int id, int result) {
    if (id != TerminalFrame.LOCATION || result != 0) {
      return;
    }
    Reporter reporter = reporters.get(Integer.parseInt(terminal.phone.substring(4)) - FIRST_NUMBER);
    int number = serial - 1;
    reporter.acknowledged.set(number);
    reporter.open.removeIf(
        report -> {
          if (report.number == number) {
            delays.add(System.nanoTime() - report.sentNanos);
          }
          return report.number == number;
        });
  }

  private boolean verify() throws IOException, InterruptedException {
    awaitFollowed();
    long lost = 0;
    long doubled = 0;
    long acknowledged = 0;
    for (Reporter reporter : reporters) {
      BitSet stored = new BitSet();
      doubled += stored(reporter.link.phone, stored);
      BitSet missing = (BitSet) reporter.acknowledged.clone();
      missing.andNot(stored);
      lost += missing.cardinality();
      acknowledged += reporter.acknowledged.cardinality();
    }
    long open = reporters.stream().mapToLong(each -> each.open.size()).sum();
    out.printf(
        "positions: %d acknowledged, %d of them lost, %d stored twice, %d never acknowledged%n",
        acknowledged, lost, doubled, open);
    out.flush();
    return lost == 0 && doubled == 0 && open == 0;
  }

  /** Until the database has what the journal has. */
  private void awaitFollowed() throws IOException, InterruptedException {
    long end = System.nanoTime() + 120 * SECOND;
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
        return;
      }
      Thread.sleep(200);
    }
    out.println("positions: the database did not catch up in time");
  }

  /** Asks until the terminal, which came by just now, is one of the fleet. */
  private HttpResponse<String> known(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + 60 * SECOND;
    HttpResponse<String> response = server.get(path);
    while (response.statusCode() == 404 && System.nanoTime() < end) {
      Thread.sleep(500);
      response = server.get(path);
    }
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.body());
    }
    return response;
  }

  /** Reads the stored numbers, which are altitudes; how many came twice. */
  private long stored(String phone, BitSet numbers) throws IOException, InterruptedException {
    long doubled = 0;
    String path =
        "/api/v1/terminals/"
            + phone.replaceFirst("^0+", "")
            + "/track?limit=500&from="
            + begun
            + "&to="
            + Instant.now().plusSeconds(60);
    String next = "";
    do {
      HttpResponse<String> response = known(path + (next.isEmpty() ? "" : "&cursor=" + next));
      JsonNode page = json.readTree(response.body());
      for (JsonNode each : page.path("items")) {
        int number = each.path("altitude_m").asInt();
        doubled += numbers.get(number) ? 1 : 0;
        numbers.set(number);
      }
      next = page.path("next").asText("");
    } while (!next.isEmpty());
    return doubled;
  }
}
