package io.roadcast.bench.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.bench.terminal.AlarmReceiver.Told;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Alarms while whoever is told of them is away, and afterwards. */
final class WebhookRound {
  private static final int TERMINALS = 40;
  private static final int UP_SECONDS = 10;
  private static final Duration DATABASE = Duration.ofMinutes(2);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
  private static final Duration CATCHING_UP = Duration.ofMinutes(8);

  /** So that not every message of a long run costs a process. */
  private static final int VERIFIED_BY_OPENSSL = 500;

  private final ServerProcess server;
  private final PrintWriter out;

  WebhookRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /** Whether the receiver was told of every alarm that was acknowledged, and how it should be. */
  boolean run(int perSecond, Duration down, Duration slow)
      throws IOException, InterruptedException {
    try (PositionLoad load = PositionLoad.ofAlarms(server.signallingPort(), TERMINALS);
        AlarmReceiver receiver = new AlarmReceiver()) {
      String id = create(receiver);
      load.connect();
      load.report(perSecond, (long) perSecond * UP_SECONDS);
      receiver.shut();
      long shut = System.nanoTime();
      load.report(perSecond, perSecond * down.toSeconds());
      boolean answered = load.awaitAnswers(LAST_ANSWERS);
      out.printf(
          "webhooks: shut for %.0f s, %d alarms so far, %d of them told%n",
          (System.nanoTime() - shut) / 1e9, load.made(), receiver.told().size());
      out.flush();
      receiver.slow(slow);
      receiver.open();
      long opened = System.nanoTime();
      load.report(perSecond, (long) perSecond * UP_SECONDS);
      answered &= load.awaitAnswers(LAST_ANSWERS);
      boolean all = awaitAll(load, receiver);
      out.printf(
          "webhooks: %d alarms acknowledged, all but the refused one told %.1f s after it was back:"
              + " %s%n",
          acknowledged(load), (System.nanoTime() - opened) / 1e9, all);
      boolean right = verify(load, receiver);
      return answered && all && right && oneIsAside(id, receiver);
    }
  }

  /** Waits for the server's database; returns the webhook's id. */
  private String create(AlarmReceiver receiver) throws IOException, InterruptedException {
    String wish =
        "{\"name\":\"bench\",\"changes\":[\"created\"],\"url\":\"" + receiver.url() + "\"}";
    long end = System.nanoTime() + DATABASE.toNanos();
    HttpResponse<String> made = server.post("/api/v1/webhooks", wish);
    while (made.statusCode() == 503 && System.nanoTime() < end) {
      Thread.sleep(500);
      made = server.post("/api/v1/webhooks", wish);
    }
    if (made.statusCode() != 201) {
      throw new IOException("no webhook: " + made.body());
    }
    JsonNode webhook = new ObjectMapper().readTree(made.body());
    receiver.secret(webhook.path("secret").asText());
    return webhook.path("id").asText();
  }

  private static int acknowledged(PositionLoad load) {
    int sum = 0;
    for (int i = 0; i < load.count(); i++) {
      sum += load.acknowledged(i).cardinality();
    }
    return sum;
  }

  /** Waits until only the refused one is missing. */
  private static boolean awaitAll(PositionLoad load, AlarmReceiver receiver)
      throws InterruptedException {
    long end = System.nanoTime() + CATCHING_UP.toNanos();
    int wanted = acknowledged(load) - 1;
    while (receiver.different() < wanted && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    return receiver.different() == wanted;
  }

  private boolean verify(PositionLoad load, AlarmReceiver receiver)
      throws IOException, InterruptedException {
    List<Told> told = receiver.told();
    long missing = 0;
    long disorder = 0;
    for (int i = 0; i < load.count(); i++) {
      BitSet found = new BitSet();
      Set<String> known = new HashSet<>();
      int last = -1;
      for (Told each : told) {
        if (each.terminal().equals(load.digits(i)) && known.add(each.id())) {
          disorder += each.mark() <= last ? 1 : 0;
          last = each.mark();
          found.set(each.mark());
        }
      }
      BitSet wanted = load.acknowledged(i);
      wanted.andNot(found);
      missing += wanted.cardinality();
    }
    int step = Math.max(1, told.size() / VERIFIED_BY_OPENSSL);
    int verified = 0;
    int forged = 0;
    for (int i = 0; i < told.size(); i += step) {
      verified++;
      forged += receiver.verifies(told.get(i)) ? 0 : 1;
    }
    out.printf(
        "webhooks: %d messages for %d alarms, %d missing (1 is refused), %d out of order; OpenSSL"
            + " verified %d, wrong %d; refused %d times%n",
        told.size(),
        receiver.different(),
        missing,
        disorder,
        verified,
        forged,
        receiver.refusals());
    return missing == 1 && disorder == 0 && forged == 0;
  }

  /** The one that is always refused, and nothing else, waits apart. */
  private boolean oneIsAside(String id, AlarmReceiver receiver)
      throws IOException, InterruptedException {
    String path = "/api/v1/webhooks/" + id + "/deliveries?limit=500&state=";
    ObjectMapper json = new ObjectMapper();
    int aside = json.readTree(server.get(path + "aside").body()).path("items").size();
    int waiting = json.readTree(server.get(path + "waiting").body()).path("items").size();
    out.printf("webhooks: %d set aside, %d wait%n", aside, waiting);
    return aside == 1 && waiting == 0 && receiver.refusals() > 1;
  }
}
