package io.roadcast.bench.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that is told of alarms: it can be shut and opened again on its port, be slow, and
 * refuses the alarm of number {@value #REFUSED} of the first terminal that tells one, always.
 */
final class AlarmReceiver implements AutoCloseable {
  /** Told when the receiver is back. */
  static final int REFUSED = 20;

  private static final String PREFIX = "whsec_";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A message that was answered with 204.
   *
   * @param mark the alarm's number, told as the altitude
   */
  record Told(String id, String second, String signature, String text, String terminal, int mark) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Told> told = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private @Nullable HttpServer server;
  private @Nullable String poisoned;
  private int port;
  private byte[] key = {};
  private volatile Duration slow = Duration.ZERO;

  AlarmReceiver() throws IOException {
    open();
  }

  /** On the port of last time. */
  void open() throws IOException {
    HttpServer opened =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    opened.setExecutor(threads);
    opened.createContext("/", this::take);
    opened.start();
    port = opened.getAddress().getPort();
    server = opened;
  }

  /** Whoever connects is refused from now on. */
  void shut() {
    if (server != null) {
      server.stop(0);
    }
    server = null;
  }

  void slow(Duration pause) {
    slow = pause;
  }

  /**
   * @param text {@code whsec_} and base64
   */
  void secret(String text) {
    key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  String url() {
    return "http://127.0.0.1:" + port + "/events";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode event = JSON.readTree(text).path("event");
      Told message =
          new Told(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              text,
              event.path("deviceId").asText(),
              event.at("/location/altitude").asInt(-1));
      if (event.isMissingNode()) {
        exchange.sendResponseHeaders(204, -1); // a ping
        return;
      }
      if (refused(message)) {
        refusals.incrementAndGet();
        exchange.sendResponseHeaders(422, -1);
        return;
      }
      synchronized (told) {
        told.add(message);
        ids.add(message.id());
      }
      Thread.sleep(slow);
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean refused(Told message) {
    if (message.mark() != REFUSED) {
      return false;
    }
    if (poisoned == null) {
      poisoned = message.terminal();
    }
    return message.terminal().equals(poisoned);
  }

  /** In order of arrival, some of them more than once. */
  List<Told> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** How many, each counted once. */
  int different() {
    synchronized (told) {
      return ids.size();
    }
  }

  int refusals() {
    return refusals.get();
  }

  /** Whether OpenSSL computes the same signature. */
  boolean verifies(Told message) throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "dgst",
                "-sha256",
                "-mac",
                "HMAC",
                "-macopt",
                "hexkey:" + HexFormat.of().formatHex(key),
                "-binary")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = openssl.getOutputStream()) {
      in.write((message.id() + "." + message.second() + ".").getBytes(StandardCharsets.UTF_8));
      in.write(message.text().getBytes(StandardCharsets.UTF_8));
    }
    byte[] mac = openssl.getInputStream().readAllBytes();
    return openssl.waitFor() == 0
        && message.signature().equals("v1," + Base64.getEncoder().encodeToString(mac));
  }

  @Override
  public void close() {
    shut();
    threads.shutdownNow();
  }
}
