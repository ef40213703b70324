package io.roadcast.server;

import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.DatabaseConfig;
import io.roadcast.jtt.attachment.AttachmentConfig;
import io.roadcast.jtt.gateway.Jt808Config;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.jt1078.Jt1078Config;
import io.roadcast.jtt.live.LiveConfig;
import io.roadcast.jtt.live.LiveTiming;
import io.roadcast.jtt.live.MediaAddress;
import io.roadcast.jtt.multimedia.MediaLimits;
import io.roadcast.recorder.catalog.RetentionConfig;
import io.roadcast.recorder.record.RecorderConfig;
import io.roadcast.recorder.store.Seals;
import io.roadcast.server.config.AttachmentSection;
import io.roadcast.server.config.DatabaseSection;
import io.roadcast.server.config.EncryptionMode;
import io.roadcast.server.config.HttpsSection;
import io.roadcast.server.config.Jt1078Section;
import io.roadcast.server.config.Jt808Section;
import io.roadcast.server.config.LiveSection;
import io.roadcast.server.config.PlayoutMode;
import io.roadcast.server.config.RecordingSection;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.config.StreamsSection;
import io.roadcast.server.config.TranscodeSection;
import io.roadcast.server.config.TurnSection;
import io.roadcast.server.config.WebrtcSection;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.udp.PlayoutDelay;
import io.roadcast.signaling.SignalingConfig;
import io.roadcast.signaling.SignalingLimits;
import io.roadcast.signaling.http.PageSettings;
import io.roadcast.signaling.whep.IceServer;
import io.roadcast.signaling.whep.TurnConfig;
import io.roadcast.signaling.ws.PushLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Each module's own configuration out of the node's. */
final class ModuleConfigs {
  private ModuleConfigs() {}

  static DatabaseConfig database(ServerConfig config) {
    DatabaseSection section = config.database();
    DatabaseAddress external =
        section.external()
            ? new DatabaseAddress(section.url(), section.user(), section.password().reveal())
            : null;
    Path own = config.dataDirectory().resolve("postgres");
    return new DatabaseConfig(external, own, own, section.poolSize());
  }

  static RouterConfig router(ServerConfig config) {
    StreamsSection streams = config.streams();
    return new RouterConfig(
        streams.max(), streams.grace(), streams.maxGopBytes(), streams.maxGopBlocks());
  }

  static RecorderConfig recorder(ServerConfig config, Seals seals) {
    RecordingSection section = config.recording();
    return new RecorderConfig(
        config.dataDirectory().resolve("recordings").toAbsolutePath(),
        section.ring(),
        section.segment(),
        section.maxQueuedBytes(),
        section.writers(),
        section.reservedBytes(),
        seals);
  }

  static RetentionConfig retention(ServerConfig config) {
    RecordingSection section = config.recording();
    return new RetentionConfig(section.retention(), section.maxBytes());
  }

  /**
   * @throws StartException if a public address is a name that nobody knows
   */
  static SfuConfig sfu(ServerConfig config) throws StartException {
    WebrtcSection webrtc = config.webrtc();
    InetAddress address = config.listenAddress();
    return new SfuConfig(
        new SfuConfig.Addresses(
            address.isAnyLocalAddress() ? List.of() : List.of(address),
            webrtc.port(),
            resolved(webrtc.publicAddresses())),
        webrtc.workers(),
        new SfuConfig.Limits(webrtc.maxViewers(), webrtc.maxViewersPerStream()),
        new SfuConfig.Timeouts(webrtc.connectTimeout(), webrtc.consentTimeout()),
        new SfuConfig.Sending(
            webrtc.burstMegabitsPerViewer(),
            webrtc.burstMegabitsPerWorker(),
            playoutDelay(webrtc.playoutDelay()),
            webrtc.window(),
            webrtc.maxWindowBytes()),
        new SfuConfig.Sockets(
            webrtc.socketBufferBytes(), webrtc.udp(), webrtc.segmentationOffload(), webrtc.tcp()));
  }

  private static List<InetAddress> resolved(List<String> names) throws StartException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String name : names) {
      try {
        addresses.addAll(List.of(InetAddress.getAllByName(name)));
      } catch (UnknownHostException unknown) {
        throw new StartException(
            "webrtc.public-addresses: " + name + " has no address that this machine can find out",
            unknown);
      }
    }
    return addresses;
  }

  static Jt1078Config jt1078(ServerConfig config, Quality quality) {
    Jt1078Section section = config.jt1078();
    return new Jt1078Config(
        config.listenAddress().getHostAddress(),
        quality == Quality.MAIN ? section.port() : section.subPort(),
        quality,
        section.silentTimeout(),
        section.maxBodyBytes(),
        section.maxFrameBytes(),
        section.maxGarbageBytes(),
        section.maxConnections(),
        section.maxConnectionsPerAddress(),
        section.maxChannels(),
        section.maxUdpFlows(),
        section.udpFlowTimeout(),
        section.damagedPictures());
  }

  /**
   * @param mainPort as it was bound
   */
  static LiveConfig live(ServerConfig config, int mainPort, int subPort) {
    Jt1078Section media = config.jt1078();
    LiveSection live = config.live();
    return new LiveConfig(
        LiveTiming.of(live.answerTimeout(), live.mediaTimeout(), live.grace()),
        new MediaAddress(
            media.publicAddress(),
            mainPort,
            subPort,
            MediaAddress.MediaTransport.valueOf(media.transport().name())),
        live.lossNotices());
  }

  static Jt808Config jt808(ServerConfig config) {
    Jt808Section section = config.jt808();
    return new Jt808Config(
        config.listenAddress().getHostAddress(),
        section.port(),
        new Jt808Config.Times(
            section.silentTimeout(),
            section.unauthenticatedTimeout(),
            section.packageTimeout(),
            section.retryInterval()),
        new Jt808Config.Connections(
            section.maxConnections(),
            section.maxConnectionsPerAddress(),
            section.maxUdpTerminals(),
            section.maxTerminals(),
            section.maxRegistrationsPerMinute()),
        new Jt808Config.Messages(
            section.maxMessageBytes(),
            section.maxOpenMessages(),
            section.maxIncompleteMessages(),
            section.packageRequests()),
        section.maxGarbageBytes(),
        section.maxWriteBytes(),
        section.maxRequests());
  }

  static TranscodeConfig transcode(ServerConfig config) {
    TranscodeSection section = config.transcode();
    return new TranscodeConfig(
        section.children(), section.maxJobs(), section.opusBitRate(), section.linger());
  }

  /** A child for each picture, as one keeps a thread busy. */
  static TranscodeConfig transcodePictures(ServerConfig config) {
    TranscodeSection section = config.transcode();
    return new TranscodeConfig(
        Math.max(1, section.pictures()),
        section.pictures(),
        section.opusBitRate(),
        section.linger());
  }

  static JournalConfig journal(ServerConfig config) {
    Jt808Section section = config.jt808();
    return new JournalConfig(
        config.dataDirectory().resolve("journal"),
        section.journalSegmentBytes(),
        section.journalMaxBytes(),
        section.journalMaxAge(),
        section.journalGroupInterval(),
        section.journalMaxQueuedBytes());
  }

  static MediaLimits multimedia(ServerConfig config) {
    Jt808Section section = config.jt808();
    return new MediaLimits(
        section.mediaTerminalMaxBytes(), section.mediaMaxBytes(), section.mediaWaitingMaxBytes());
  }

  static AttachmentConfig attachments(ServerConfig config) {
    AttachmentSection section = config.attachment();
    return new AttachmentConfig(
        config.listenAddress().getHostAddress(),
        section.port(),
        section.publicAddress(),
        section.maxConnections(),
        section.maxConnectionsPerAddress(),
        section.silentTimeout(),
        section.maxChunkBytes(),
        section.maxFiles(),
        section.maxFileBytes(),
        section.maxAlarmBytes(),
        section.requestLifetime(),
        section.reservedBytes());
  }

  static SignalingConfig signaling(ServerConfig config) {
    HttpsSection https = config.https();
    return new SignalingConfig(
        config.listenAddress().getHostAddress(),
        config.http().port(),
        https.enabled() ? https.port() : SignalingConfig.OFF,
        config.openAccess(),
        config.dataDirectory(),
        https.ownCertificate() ? https.certificateFile() : null,
        https.ownCertificate() ? https.keyFile() : null,
        iceServers(config.webrtc()),
        turn(config.turn()),
        config.http().allowedOrigins(),
        limits(config),
        page(config));
  }

  private static PageSettings page(ServerConfig config) {
    return new PageSettings(
        config.map().tileUrl(), config.map().attribution(), config.page().openAtStart());
  }

  private static SignalingLimits limits(ServerConfig config) {
    PushLimits usual = PushLimits.defaults();
    return SignalingLimits.defaults()
        .withWhepRate(config.whep().burst(), config.whep().perSecond())
        .withPush(
            new PushLimits(
                config.websocket().maxConnections(),
                config.websocket().maxConnectionsPerAddress(),
                usual.maxQueuedMessages(),
                usual.maxMessageBytes(),
                usual.messageBurst(),
                usual.maxFollowedViewers(),
                usual.pingInterval(),
                usual.changeInterval()));
  }

  private static List<IceServer> iceServers(WebrtcSection webrtc) {
    return webrtc.iceServers().stream().map(url -> iceServer(url, webrtc)).toList();
  }

  private static TurnConfig turn(TurnSection turn) {
    return new TurnConfig(turn.urls(), turn.sharedSecret().reveal(), turn.credentialLifetime());
  }

  private static IceServer iceServer(String url, WebrtcSection webrtc) {
    boolean relay = url.startsWith("turn");
    return relay && !webrtc.turnUsername().isEmpty()
        ? new IceServer(url, webrtc.turnUsername(), webrtc.turnCredential().reveal())
        : new IceServer(url, null, null);
  }

  static SrtpEngines.Preference encryption(EncryptionMode mode) {
    return switch (mode) {
      case AUTO -> SrtpEngines.Preference.AUTO;
      case NATIVE -> SrtpEngines.Preference.NATIVE;
      case IPSEC_MB -> SrtpEngines.Preference.IPSEC_MB;
      case AWS_LC -> SrtpEngines.Preference.AWS_LC;
      case JDK -> SrtpEngines.Preference.JDK;
    };
  }

  private static PlayoutDelay playoutDelay(PlayoutMode mode) {
    return switch (mode) {
      case LOWEST -> PlayoutDelay.LOWEST;
      case SMOOTH -> PlayoutDelay.SMOOTH;
    };
  }
}
