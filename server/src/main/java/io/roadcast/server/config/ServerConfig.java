package io.roadcast.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of a node. Meaning, default and range of every key stand in {@code
 * reference.yaml}.
 */
public record ServerConfig(
    Path dataDirectory,
    @Nullable InetAddress bindAddress,
    boolean openAccess,
    DatabaseSection database,
    HttpSection http,
    HttpsSection https,
    WhepSection whep,
    WebsocketSection websocket,
    WebrtcSection webrtc,
    TurnSection turn,
    StreamsSection streams,
    Jt808Section jt808,
    Jt1078Section jt1078,
    AttachmentSection attachment,
    LiveSection live,
    TranscodeSection transcode,
    SourcesSection sources,
    RecordingSection recording,
    ObjectStoreSection objectStore,
    EventsSection events,
    MapSection map,
    PageSection page,
    LoggingSection logging) {
  private static final byte[] ANY = new byte[4];
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  public ServerConfig {
    if (openAccess && bindAddress != null && !bindAddress.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "open-access is true, so everybody who reaches a port may do everything: it is only"
              + " allowed with bind-address 127.0.0.1 or ::1, not "
              + bindAddress.getHostAddress());
    }
  }

  /**
   * The address that every port is bound to: what is configured, else loopback if access is open.
   */
  public InetAddress listenAddress() {
    return bindAddress != null ? bindAddress : ofBytes(openAccess ? LOOPBACK : ANY);
  }

  private static InetAddress ofBytes(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
