package io.roadcast.e2e;

import io.roadcast.jtt.jt1078.CloseReason;
import io.roadcast.jtt.jt1078.DropReason;
import io.roadcast.jtt.jt1078.Jt1078Config;
import io.roadcast.jtt.jt1078.Jt1078Server;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.server.config.Jt1078Section;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.sfu.udp.WorkerStatistics;
import io.roadcast.signaling.SfuViewers;
import io.roadcast.signaling.SignalingConfig;
import io.roadcast.signaling.SignalingLimits;
import io.roadcast.signaling.SignalingServer;
import io.roadcast.signaling.http.HealthSource;
import io.roadcast.signaling.http.MetricsSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The parts of a server, put together for tests. */
final class WiredServer implements AutoCloseable {
  private static final long MAX_IDLE_BYTES = 1 << 26;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, MAX_IDLE_BYTES);
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Router router;
  private final SfuServer sfu;
  private final Jt1078Server main;
  private final Jt1078Server sub;
  private final SignalingServer signaling;

  private WiredServer(ServerConfig config) throws IOException {
    router =
        new Router(
            new RouterConfig(
                config.streams().max(),
                config.streams().grace(),
                config.streams().maxGopBytes(),
                config.streams().maxGopBlocks()),
            pool);
    sfu =
        SfuServer.start(
            SfuConfig.defaults()
                .withBindAddresses(List.of(config.listenAddress()))
                .withUdpPort(config.webrtc().port())
                .withLimits(config.webrtc().maxViewers(), config.webrtc().maxViewersPerStream())
                .withTimeouts(config.webrtc().connectTimeout(), config.webrtc().consentTimeout()));
    main = ingest(config, config.jt1078().port(), Quality.MAIN);
    sub = ingest(config, config.jt1078().subPort(), Quality.SUB);
    signaling =
        new SignalingServer(
            new SignalingConfig(
                config.listenAddress().getHostAddress(),
                config.http().port(),
                config.https().port(),
                config.openAccess(),
                config.dataDirectory(),
                null,
                null,
                List.of(),
                List.of("*"),
                SignalingLimits.defaults()),
            router,
            new SfuViewers(sfu.viewers()),
            new Healthy(),
            new Figures(),
            (method, route, status, time) ->
                requests
                    .computeIfAbsent(
                        "method=\""
                            + method
                            + "\",route=\""
                            + route
                            + "\",status=\""
                            + status
                            + "\"",
                        key -> new LongAdder())
                    .increment(),
            "test");
    signaling.start();
  }

  static WiredServer start(ServerConfig config) throws IOException {
    return new WiredServer(config);
  }

  private Jt1078Server ingest(ServerConfig config, int port, Quality quality) throws IOException {
    Jt1078Section section = config.jt1078();
    Jt1078Server server =
        new Jt1078Server(
            new Jt1078Config(
                config.listenAddress().getHostAddress(),
                port,
                quality,
                section.silentTimeout(),
                section.maxBodyBytes(),
                section.maxFrameBytes(),
                section.maxGarbageBytes(),
                section.maxConnections(),
                section.maxConnectionsPerAddress(),
                section.maxChannels(),
                section.maxUdpFlows(),
                section.udpFlowTimeout()),
            router);
    server.start();
    return server;
  }

  int httpPort() {
    return signaling.httpPort();
  }

  int httpsPort() {
    return signaling.httpsPort();
  }

  int webrtcPort() {
    return sfu.port();
  }

  int jt1078Port() {
    return main.port();
  }

  int jt1078SubPort() {
    return sub.port();
  }

  int jt1078Connections() {
    return main.connectionCount();
  }

  boolean hasPictures(String streamId, int count) {
    boolean isSub = streamId.endsWith("?quality=sub");
    String name = isSub ? streamId.substring(0, streamId.indexOf('?')) : streamId;
    Stream stream = router.find(StreamId.parse(name, isSub ? Quality.SUB : Quality.MAIN));
    if (stream == null || stream.video() == null) {
      return false;
    }
    double rate = Math.max(1, stream.statistics().videoFrameRate());
    return stream.uplink().packets() >= count
        && rate * java.time.Duration.between(stream.since(), java.time.Instant.now()).toMillis()
            >= count * 1000.0;
  }

  @Override
  public void close() {
    main.close();
    sub.close();
    sfu.close();
    signaling.close();
    router.close();
  }

  private static final class Healthy implements HealthSource {
    @Override
    public Health health() {
      return new Health(List.of());
    }

    @Override
    public Health readiness() {
      return new Health(List.of());
    }
  }

  private final class Figures implements MetricsSource {
    @Override
    public String contentType() {
      return "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public String scrape() {
      Map<String, Number> values = new TreeMap<>();
      for (CloseReason reason : CloseReason.values()) {
        values.put(
            "roadcast_jt1078_connections_closed_total{reason=\"" + reason.label() + "\"}",
            main.statistics().closed(reason));
      }
      for (DropReason reason : DropReason.values()) {
        values.put(
            "roadcast_jt1078_dropped_total{reason=\"" + reason.label() + "\"}",
            main.statistics().dropped(reason));
      }
      values.put("roadcast_jt1078_skipped_bytes_total", main.statistics().skippedBytes());
      for (WorkerStatistics worker : sfu.workerStatistics()) {
        worker
            .noise()
            .forEach(
                (reason, count) ->
                    values.put(
                        "roadcast_webrtc_noise_total{reason=\""
                            + reason.name().toLowerCase(java.util.Locale.ROOT)
                            + "\"}",
                        count));
      }
      values.put("roadcast_blocks_in_use", pool.blocksInUse());
      requests.forEach(
          (labels, count) ->
              values.put(
                  "roadcast_http_request_duration_seconds_count{" + labels + "}", count.sum()));
      StringBuilder text = new StringBuilder();
      values.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
      return Objects.requireNonNull(text.toString());
    }
  }
}
