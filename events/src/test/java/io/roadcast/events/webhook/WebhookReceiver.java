package io.roadcast.events.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's HTTP server, which can be closed and opened again on its port, be slow, and refuse.
 */
final class WebhookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A message that was answered with 204, in time or not. */
  record Message(String id, String second, String signature, String text) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    String terminal() {
      return json().at("/event/deviceId").asText();
    }

    boolean isPing() {
      return json().path("type").asText().equals("ping");
    }

    long number() {
      return json().path("number").asLong();
    }
  }

  private final CountDownLatch never = new CountDownLatch(1);
  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable HttpServer server;
  private int port;
  volatile Duration pause = Duration.ZERO;
  volatile Predicate<Message> refuses = message -> false;

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

  String url() {
    return "http://127.0.0.1:" + port + "/hook";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Headers headers = exchange.getRequestHeaders();
      Message message =
          new Message(
              headers.getFirst("webhook-id"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              text);
      boolean refused = refuses.test(message);
      if (!refused && !message.isPing()) {
        taken.add(message);
        boolean unused = never.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
      exchange.sendResponseHeaders(refused ? 422 : 204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Message> taken() {
    return List.copyOf(taken);
  }

  /** Of one terminal in the order of arrival, each where it came first. */
  List<Long> numbers(String terminal) {
    Set<String> known = new HashSet<>();
    return taken.stream()
        .filter(each -> each.terminal().equals(terminal) && known.add(each.id()))
        .map(Message::number)
        .toList();
  }

  /** Whether OpenSSL computes the same signature. */
  static boolean verifies(Message message, WebhookSecret secret) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "dgst",
                "-sha256",
                "-mac",
                "HMAC",
                "-macopt",
                "hexkey:" + HexFormat.of().formatHex(secret.bytes()),
                "-binary")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
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
    never.countDown();
    shut();
    threads.close();
  }
}
