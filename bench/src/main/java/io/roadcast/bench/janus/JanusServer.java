package io.roadcast.bench.janus;

import io.roadcast.bench.child.FreePorts;
import io.roadcast.bench.feed.PictureSink;
import io.roadcast.bench.viewer.OfferExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's Janus with a configuration of its own: only the streaming plugin and the HTTP transport,
 * one event loop, no STUN server, one RTP mountpoint. A full ICE agent: as a lite one, libnice
 * 0.1.21 answers checks but never gets beyond "connecting".
 */
final class JanusServer implements MeasuredServer {
  private static final int PAYLOAD_TYPE = 96;
  private static final int START_SECONDS = 20;

  private final ServerProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final int mediaPort;

  private JanusServer(ServerProcess process, URI api, int mediaPort) {
    this.process = process;
    this.api = api;
    this.mediaPort = mediaPort;
  }

  static JanusServer start(Path directory, String cores) throws IOException, InterruptedException {
    Path installed = installed();
    int apiPort = FreePorts.tcp();
    int mediaPort = FreePorts.udp();
    Files.writeString(
        directory.resolve("janus.jcfg"),
        """
        general: {
          configs_folder = "%s"
          plugins_folder = "%s"
          transports_folder = "%s"
          events_folder = "%s"
          loggers_folder = "%s"
          debug_level = 3
          event_loops = 1
          session_timeout = 0
        }
        nat: { ice_lite = false }
        media: { ipv6 = false }
        plugins: { disable = "%s" }
        transports: { disable = "%s" }
        events: { broadcast = false }
        """
            .formatted(
                directory,
                installed.resolve("plugins"),
                installed.resolve("transports"),
                directory.resolve("none"),
                directory.resolve("none"),
                allBut(installed.resolve("plugins"), "streaming"),
                allBut(installed.resolve("transports"), "http")));
    Files.writeString(
        directory.resolve("janus.transport.http.jcfg"),
        """
        general: {
          json = "compact"
          base_path = "/janus"
          http = true
          port = %d
          ip = "127.0.0.1"
          https = false
        }
        admin: { admin_http = false }
        """
            .formatted(apiPort));
    Files.writeString(
        directory.resolve("janus.plugin.streaming.jcfg"),
        """
        bench: {
          type = "rtp"
          id = %d
          audio = false
          video = true
          videoport = %d
          videoiface = "127.0.0.1"
          videopt = %d
          videocodec = "h264"
          videofmtp = "profile-level-id=42c01e;packetization-mode=1"
        }
        """
            .formatted(JanusExchange.MOUNTPOINT, mediaPort, PAYLOAD_TYPE));
    Path log = directory.resolve("janus.log");
    ServerProcess process =
        ServerProcess.start(cores, log, List.of("janus", "-F", directory.toString()));
    URI api = URI.create("http://127.0.0.1:" + apiPort + "/janus");
    JanusServer server = new JanusServer(process, api, mediaPort);
    server.awaitReady(log);
    return server;
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 10 * START_SECONDS && process.isAlive(); i++) {
      try {
        new JanusExchange(http, api).ping();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100); // it does not listen yet
      }
    }
    close();
    throw new IOException("Janus did not start, see " + log);
  }

  /** Where the package put its parts. */
  private static Path installed() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
      return libraries
          .map(library -> library.resolve("janus"))
          .filter(directory -> Files.isDirectory(directory.resolve("plugins")))
          .findFirst()
          .orElseThrow(() -> new IOException("no plugins of Janus under /usr/lib"));
    }
  }

  private static String allBut(Path directory, String wanted) throws IOException {
    try (Stream<Path> parts = Files.list(directory)) {
      return parts
          .map(part -> part.getFileName().toString())
          .filter(name -> name.endsWith(".so") && !name.contains(wanted))
          .sorted()
          .collect(Collectors.joining(","));
    }
  }

  @Override
  public String name() {
    return "janus";
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public OfferExchange exchange() {
    return new JanusExchange(http, api);
  }

  @Override
  public PictureSink openFeed() throws IOException {
    return new RtpFeed(
        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), mediaPort), PAYLOAD_TYPE);
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
