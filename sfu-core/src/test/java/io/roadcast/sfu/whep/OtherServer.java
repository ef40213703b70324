package io.roadcast.sfu.whep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.sfu.transport.ViewerOptions;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.udp.ViewerEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Another server's forwarding side behind a WHEP endpoint of the least kind. */
final class OtherServer implements AutoCloseable {
  private static final String TOKEN = "Bearer letmein";

  final Router router;
  final SfuServer sfu;
  final AtomicInteger offers = new AtomicInteger();
  final List<String> deleted = new CopyOnWriteArrayList<>();
  private final HttpServer http;

  private OtherServer(Router router, SfuServer sfu, HttpServer http) {
    this.router = router;
    this.sfu = sfu;
    this.http = http;
    http.createContext("/whep/", this::serve);
    http.start();
  }

  /**
   * @param port of its HTTP; 0 for any
   */
  static OtherServer start(int port, RtpBlockPool pool) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new OtherServer(
        router(pool), sfu(), HttpServer.create(new InetSocketAddress(loopback, port), 0));
  }

  static Router router(RtpBlockPool pool) {
    return new Router(new RouterConfig(10, Duration.ofSeconds(20), 16 << 20, 2000), pool);
  }

  /** The forwarding side of a server that is reached on the loopback interface only. */
  static SfuServer sfu() throws IOException {
    return SfuServer.start(
        SfuConfig.defaults()
            .withUdpPort(0)
            .withBindAddresses(List.of(InetAddress.getLoopbackAddress())));
  }

  int port() {
    return http.getAddress().getPort();
  }

  URI whep(StreamId stream) {
    return URI.create("http://127.0.0.1:" + port() + "/whep/" + stream);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
      switch (exchange.getRequestMethod()) {
        case "POST" -> answer(exchange, name);
        case "DELETE" -> delete(exchange, name);
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  private void answer(HttpExchange exchange, String name) throws IOException {
    offers.incrementAndGet();
    String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Stream stream = router.find(StreamId.parse(name, Quality.MAIN));
    if (stream == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    try {
      ViewerSession session = sfu.viewers().open(stream, offer, ViewerOptions.of("other"));
      byte[] answer = session.sdpAnswer().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Location", "/whep/" + session.id());
      exchange.sendResponseHeaders(201, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (Exception e) {
      exchange.sendResponseHeaders(422, -1);
    }
  }

  private void delete(HttpExchange exchange, String session) throws IOException {
    deleted.add(session);
    sfu.viewers().close(UUID.fromString(session), ViewerEnd.LEFT);
    exchange.sendResponseHeaders(200, -1);
  }

  @Override
  public void close() {
    sfu.close();
    router.close();
    http.stop(0);
  }
}
