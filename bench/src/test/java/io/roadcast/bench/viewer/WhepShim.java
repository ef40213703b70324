package io.roadcast.bench.viewer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The least of WHEP in front of a {@link RealServer}: POST and DELETE. */
final class WhepShim implements AutoCloseable {
  private final RealServer server;
  private final HttpServer http;
  private final Map<String, OfferExchange> sessions = new ConcurrentHashMap<>();

  WhepShim(RealServer server) throws IOException {
    this.server = server;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    http.createContext("/whep/", this::handle);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
  }

  URI base() {
    return URI.create("http://localhost:" + http.getAddress().getPort() + "/whep");
  }

  int sessions() {
    return sessions.size();
  }

  private void handle(HttpExchange request) throws IOException {
    String path = request.getRequestURI().getPath();
    try (request) {
      if (request.getRequestMethod().equals("DELETE")) {
        Objects.requireNonNull(sessions.remove(path)).leave();
        request.sendResponseHeaders(200, -1);
        return;
      }
      String[] parts = path.split("/", -1)[2].split("-", -1);
      StreamId id = StreamId.ofTerminal(parts[0], Integer.parseInt(parts[1]), Quality.MAIN);
      if (!server.has(id)) {
        request.sendResponseHeaders(404, -1);
        return;
      }
      answer(request, path, server.exchange(id));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange request, String path, OfferExchange exchange)
      throws IOException, InterruptedException {
    String offer = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] answer = exchange.answer(offer).getBytes(StandardCharsets.UTF_8);
    String session = path + "/" + sessions.size() + "-" + System.nanoTime();
    sessions.put(session, exchange);
    request.getResponseHeaders().add("Location", session);
    request.getResponseHeaders().add("Content-Type", "application/sdp");
    request.sendResponseHeaders(201, answer.length);
    request.getResponseBody().write(answer);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
