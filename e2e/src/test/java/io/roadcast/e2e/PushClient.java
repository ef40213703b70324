package io.roadcast.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Listens to what the server pushes over its WebSocket. One thread uses it. */
public final class PushClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WebSocket socket;
  private final Ear ear;

  private PushClient(WebSocket socket, Ear ear) {
    this.socket = socket;
    this.ear = ear;
  }

  /**
   * @param url ws or wss, with the token if one is needed
   */
  public static PushClient connect(HttpClient http, String url) {
    Ear ear = new Ear();
    return new PushClient(http.newWebSocketBuilder().buildAsync(URI.create(url), ear).join(), ear);
  }

  public void say(String text) {
    socket.sendText(text, true).join();
  }

  /** The server may close while this is said. */
  void sayWhatMayBeCutOff(String text) {
    socket.sendText(text, true).exceptionally(closed -> socket).join();
  }

  /** Asks for the notices of a viewing. */
  void follow(String viewer) {
    say("{\"type\":\"viewer.follow\",\"viewer\":\"" + viewer + "\"}");
  }

  public JsonNode awaitType(String type) {
    return await(type, message -> message.path("type").asText().equals(type));
  }

  JsonNode awaitNotice(String notice) {
    return await(notice, message -> message.path("notice").asText().equals(notice));
  }

  /** Takes messages until one fits; those before are gone. */
  public JsonNode await(String what, Predicate<JsonNode> wanted) {
    List<JsonNode> others = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        String text = ear.messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (text == null) {
          throw new AssertionError(what + " was not said, only " + others);
        }
        JsonNode message = Http.json(text);
        if (wanted.test(message)) {
          return message;
        }
        others.add(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until the server has closed the connection. */
  int closeCode() {
    return ear.closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
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
