package io.roadcast.bench.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client that is told of events over the WebSocket, and resumes where it was. */
final class EventWatcher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ONE_TRY = Duration.ofSeconds(5);

  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Delays delays = new Delays();
  private @Nullable WebSocket socket;
  private long last = -1;
  private long created;
  private long disorder;

  EventWatcher(URI uri) {
    this.uri = uri;
  }

  /** Connects, again after the server was killed; waits for its database. */
  void connect() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        subscribe();
        return;
      } catch (ExecutionException | TimeoutException e) {
        if (System.nanoTime() > end) {
          throw new IOException("events can not be subscribed to", e);
        }
        close(socket);
        Thread.sleep(500);
      }
    }
  }

  private void subscribe() throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    WebSocket fresh =
        http.newWebSocketBuilder()
            .buildAsync(uri, new Reader(subscribed))
            .get(ONE_TRY.toSeconds(), TimeUnit.SECONDS);
    socket = fresh;
    String since;
    synchronized (this) {
      since = last < 0 ? "" : ",\"since\":" + last;
    }
    fresh.sendText("{\"type\":\"events.subscribe\"" + since + "}", true).join();
    subscribed.get(ONE_TRY.toSeconds(), TimeUnit.SECONDS);
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> subscribed;

    Reader(CompletableFuture<Void> subscribed) {
      this.subscribed = subscribed;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      text.append(data);
      if (whole) {
        told(text.toString(), subscribed);
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private synchronized void told(String text, CompletableFuture<Void> subscribed) {
    try {
      JsonNode message = json.readTree(text);
      String type = message.path("type").asText();
      if (type.equals("events.subscribed")) {
        last = Math.max(last, message.path("number").asLong());
        subscribed.complete(null);
      } else if (type.equals("error")) {
        subscribed.completeExceptionally(new IOException(text));
      } else if (type.startsWith("event.")) {
        long number = message.path("number").asLong();
        disorder += number <= last ? 1 : 0;
        last = Math.max(last, number);
        if (type.equals("event.created")) {
          created++;
          Instant received = Instant.parse(message.path("event").path("receivedAt").asText());
          delays.add(Duration.between(received, Instant.now()).toNanos());
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      disorder++;
    }
  }

  /** Events that it was told of. */
  synchronized long created() {
    return created;
  }

  /** Numbers that did not rise, and what could not be read. */
  synchronized long disorder() {
    return disorder;
  }

  /** From the server's reception of an alarm to its message here. */
  Delays delays() {
    return delays;
  }

  @Override
  public void close() {
    close(socket);
    http.shutdownNow();
  }

  private static void close(@Nullable WebSocket present) {
    if (present != null) {
      present.abort();
    }
  }
}
