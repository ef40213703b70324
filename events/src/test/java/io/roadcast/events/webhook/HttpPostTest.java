package io.roadcast.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.roadcast.events.webhook.WebhookPost.NotTakenException;
import io.roadcast.fleet.TimeOrderedId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPostTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

  private final HttpPost post = new HttpPost(Duration.ofSeconds(2), InstantSource.fixed(NOW));

  @AfterEach
  void close() {
    post.close();
  }

  @Test
  void signsAsTheExampleOfStandardWebhooks() {
    WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(WebhookSecret.parse(secret.reveal()).reveal()).isEqualTo(secret.reveal());
    assertThat(secret.toString()).doesNotContain("MfKQ");
    assertThatThrownBy(() -> WebhookSecret.parse("whsec_c2hvcnQ="))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sendsWhatTheReceiverCanVerify() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          seen.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          for (String name :
              new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            seen.put(name, exchange.getRequestHeaders().getFirst(name));
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/hook");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      Webhook webhook = webhook(base + "/hook", null);
      UUID delivery = TimeOrderedId.next();
      post.send(webhook, delivery, "{\"é\":1}");
      assertThat(seen)
          .containsEntry("body", "{\"é\":1}")
          .containsEntry("webhook-id", delivery.toString())
          .containsEntry("webhook-timestamp", "1614265330")
          .containsEntry(
              "webhook-signature",
              webhook.secret().sign(delivery.toString(), NOW.getEpochSecond(), "{\"é\":1}"));
      assertRefused(webhook(base + "/moved", null), "STATUS_302");
      assertRefused(webhook(base + "/none", null), "STATUS_404");
      assertRefused(webhook(base + "/hook", TimeOrderedId.next()), "ADDRESS_NOT_ALLOWED");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whoNeverAnswersIsLeft() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertRefused(webhook("http://127.0.0.1:" + silent.getLocalPort() + "/", null), "TIMEOUT");
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertRefused(webhook("http://127.0.0.1:" + port + "/", null), "CONNECTION_FAILED");
  }

  private void assertRefused(Webhook webhook, String code) {
    assertThatThrownBy(() -> post.send(webhook, TimeOrderedId.next(), "{}"))
        .isInstanceOf(NotTakenException.class)
        .hasMessage(code);
  }

  private static Webhook webhook(String url, @Nullable UUID organization) {
    return new Webhook(
        TimeOrderedId.next(),
        organization,
        "test",
        URI.create(url),
        WebhookSecret.random(),
        true,
        Webhook.Wanted.ALL,
        NOW);
  }
}
