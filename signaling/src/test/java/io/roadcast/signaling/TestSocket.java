package io.roadcast.signaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that keeps what it hears. */
public final class TestSocket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Ear ear;
  private final WebSocket socket;

  private TestSocket(WebSocket socket, Ear ear) {
    this.socket = socket;
    this.ear = ear;
  }

  public static TestSocket open(TestServer server, String token) {
    return open(server, token, HttpClient.newHttpClient().newWebSocketBuilder());
  }

  public static TestSocket open(TestServer server, String token, WebSocket.Builder builder) {
    Ear ear = new Ear();
    String query = token.isEmpty() ? "" : "?token=" + token;
    URI uri = URI.create("ws://127.0.0.1:" + server.server.httpPort() + "/api/v1/ws" + query);
    return new TestSocket(builder.buildAsync(uri, ear).join(), ear);
  }

  public void say(String text) {
    CompletableFuture<WebSocket> said = socket.sendText(text, true);
    said.exceptionally(closed -> socket).join();
  }

  public void sayBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  public JsonNode next() {
    try {
      String text = ear.messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (text == null) {
        throw new AssertionError("nothing was said");
      }
      return TestServer.json(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public JsonNode nextOf(String type) {
    return await(message -> message.path("type").asText().equals(type));
  }

  public JsonNode await(Predicate<JsonNode> wanted) {
    JsonNode message = next();
    while (!wanted.test(message)) {
      message = next();
    }
    return message;
  }

  public int closeCode() {
    return ear.closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  public int pings() {
    return ear.pings.get();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        messages.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      pings.incrementAndGet();
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.completeExceptionally(failure);
    }
  }
}
