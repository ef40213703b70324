package io.roadcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt1078.DamagedPictures;
import io.roadcast.sfu.transport.SegmentationOffload;
import io.roadcast.sfu.transport.UdpPortKind;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever renames a key or changes a default breaks this test rather than a customer. */
final class ConfigDefaultsTest {
  @Test
  void defaultsAreThese() throws Exception {
    ServerConfig config = ConfigLoader.load(null, Map.of()).config();

    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                Path.of("data"),
                null,
                false,
                new DatabaseSection("", "roadcast", new Secret(""), 10),
                new HttpSection(8080, List.of("*")),
                new HttpsSection(true, 8443, Path.of(""), Path.of("")),
                new WhepSection(200, 50),
                new WebsocketSection(2000, 100),
                new WebrtcSection(
                    10_000,
                    List.of(),
                    List.of(),
                    "",
                    new Secret(""),
                    0,
                    2000,
                    1000,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    100,
                    500,
                    EncryptionMode.AUTO,
                    PlayoutMode.LOWEST,
                    Duration.ofSeconds(2),
                    16 << 20,
                    4 << 20,
                    UdpPortKind.AUTO,
                    SegmentationOffload.AUTO,
                    true),
                new TurnSection(List.of(), new Secret(""), Duration.ofHours(12)),
                new StreamsSection(1000, Duration.ofSeconds(30), 8 << 20, 2400),
                new Jt808Section(
                    7611,
                    AdmissionMode.AUTO,
                    Duration.ofSeconds(180),
                    Duration.ofSeconds(30),
                    20_000,
                    1000,
                    200_000,
                    300_000,
                    600,
                    64 << 10,
                    1 << 20,
                    4,
                    20,
                    Duration.ofSeconds(10),
                    3,
                    64 << 10,
                    32,
                    Duration.ofSeconds(10),
                    64 << 20,
                    8L << 30,
                    Duration.ofHours(168),
                    Duration.ofMillis(10),
                    64 << 20,
                    Duration.ofHours(2160),
                    256L << 20,
                    20L << 30,
                    1L << 30),
                new Jt1078Section(
                    6611,
                    6612,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    10_000,
                    1000,
                    4096,
                    32,
                    8 << 10,
                    2 << 20,
                    64 << 10,
                    "",
                    MediaTransport.TCP,
                    DamagedPictures.FREEZE),
                new AttachmentSection(
                    7612,
                    "",
                    2000,
                    200,
                    Duration.ofSeconds(60),
                    1 << 20,
                    64,
                    256L << 20,
                    512L << 20,
                    Duration.ofHours(48),
                    1L << 30),
                new LiveSection(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    0),
                new TranscodeSection(
                    2,
                    100,
                    24_000,
                    Duration.ofSeconds(20),
                    List.of(),
                    4,
                    List.of("low=640x360@500k")),
                new SourcesSection(List.of(), new Secret("")),
                new RecordingSection(
                    KeepMode.LIVE,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(5),
                    Duration.ofHours(168),
                    50L << 30,
                    1L << 30,
                    4L << 20,
                    1,
                    100,
                    256L << 20,
                    SealMode.NONE,
                    Path.of("")),
                new ObjectStoreSection(
                    "",
                    "",
                    "us-east-1",
                    "",
                    "",
                    new Secret(""),
                    true,
                    Duration.ofHours(24),
                    8L << 20,
                    Duration.ofMinutes(1),
                    StoreEncryption.NONE,
                    false),
                new EventsSection(Path.of(""), Duration.ofHours(24)),
                new MapSection("", ""),
                new PageSection(0),
                new LoggingSection(LoggingSection.LogLevel.INFO, LoggingSection.LogFormat.TEXT)));
    assertThat(config.listenAddress()).isEqualTo(InetAddress.ofLiteral("0.0.0.0"));
  }

  @Test
  void keysAreThese() throws Exception {
    assertThat(RecordBinder.keys(ServerConfig.class).keySet())
        .containsExactly(
            "data-directory",
            "bind-address",
            "open-access",
            "database.url",
            "database.user",
            "database.password",
            "database.pool-size",
            "http.port",
            "http.allowed-origins",
            "https.enabled",
            "https.port",
            "https.certificate-file",
            "https.key-file",
            "whep.burst",
            "whep.per-second",
            "websocket.max-connections",
            "websocket.max-connections-per-address",
            "webrtc.port",
            "webrtc.public-addresses",
            "webrtc.ice-servers",
            "webrtc.turn-username",
            "webrtc.turn-credential",
            "webrtc.workers",
            "webrtc.max-viewers",
            "webrtc.max-viewers-per-stream",
            "webrtc.connect-timeout",
            "webrtc.consent-timeout",
            "webrtc.burst-megabits-per-viewer",
            "webrtc.burst-megabits-per-worker",
            "webrtc.encryption",
            "webrtc.playout-delay",
            "webrtc.window",
            "webrtc.max-window-bytes",
            "webrtc.socket-buffer-bytes",
            "webrtc.udp",
            "webrtc.segmentation-offload",
            "webrtc.tcp",
            "turn.urls",
            "turn.shared-secret",
            "turn.credential-lifetime",
            "streams.max",
            "streams.grace",
            "streams.max-gop-bytes",
            "streams.max-gop-blocks",
            "jt808.port",
            "jt808.admission",
            "jt808.silent-timeout",
            "jt808.unauthenticated-timeout",
            "jt808.max-connections",
            "jt808.max-connections-per-address",
            "jt808.max-udp-terminals",
            "jt808.max-terminals",
            "jt808.max-registrations-per-minute",
            "jt808.max-garbage-bytes",
            "jt808.max-message-bytes",
            "jt808.max-open-messages",
            "jt808.max-incomplete-messages",
            "jt808.package-timeout",
            "jt808.package-requests",
            "jt808.max-write-bytes",
            "jt808.max-requests",
            "jt808.retry-interval",
            "jt808.journal-segment-bytes",
            "jt808.journal-max-bytes",
            "jt808.journal-max-age",
            "jt808.journal-group-interval",
            "jt808.journal-max-queued-bytes",
            "jt808.track-retention",
            "jt808.media-terminal-max-bytes",
            "jt808.media-max-bytes",
            "jt808.media-waiting-max-bytes",
            "jt1078.port",
            "jt1078.sub-port",
            "jt1078.silent-timeout",
            "jt1078.udp-flow-timeout",
            "jt1078.max-connections",
            "jt1078.max-connections-per-address",
            "jt1078.max-udp-flows",
            "jt1078.max-channels",
            "jt1078.max-body-bytes",
            "jt1078.max-frame-bytes",
            "jt1078.max-garbage-bytes",
            "jt1078.public-address",
            "jt1078.transport",
            "jt1078.damaged-pictures",
            "attachment.port",
            "attachment.public-address",
            "attachment.max-connections",
            "attachment.max-connections-per-address",
            "attachment.silent-timeout",
            "attachment.max-chunk-bytes",
            "attachment.max-files",
            "attachment.max-file-bytes",
            "attachment.max-alarm-bytes",
            "attachment.request-lifetime",
            "attachment.reserved-bytes",
            "live.grace",
            "live.answer-timeout",
            "live.media-timeout",
            "live.loss-notices",
            "live.monthly-bytes",
            "transcode.children",
            "transcode.max-jobs",
            "transcode.opus-bit-rate",
            "transcode.linger",
            "transcode.sounds",
            "transcode.pictures",
            "transcode.profiles",
            "sources.whep",
            "sources.tokens",
            "recording.keep",
            "recording.ring",
            "recording.segment",
            "recording.retention",
            "recording.max-bytes",
            "recording.reserved-bytes",
            "recording.max-queued-bytes",
            "recording.writers",
            "recording.max-playbacks",
            "recording.max-thumbnail-bytes",
            "recording.encryption",
            "recording.master-keys-file",
            "object-store.bucket",
            "object-store.endpoint",
            "object-store.region",
            "object-store.prefix",
            "object-store.access-key",
            "object-store.secret-key",
            "object-store.path-style",
            "object-store.move-after",
            "object-store.part-bytes",
            "object-store.request-timeout",
            "object-store.encryption",
            "object-store.direct-links",
            "events.rules-file",
            "events.resume-window",
            "map.tile-url",
            "map.attribution",
            "page.open-at-start",
            "logging.level",
            "logging.format");
  }

  @Test
  void referenceFileHasExactlyTheKeysOfTheRecords() throws Exception {
    assertThat(YamlLayer.read("reference.yaml", reference()).keySet())
        .containsExactlyElementsOf(RecordBinder.keys(ServerConfig.class).keySet());
  }

  @Test
  void referenceFileExplainsEveryKeyAndSaysItsRange() throws Exception {
    Map<String, ConfigValue> values = YamlLayer.read("reference.yaml", reference());
    List<String> lines = reference().lines().toList();

    for (Map.Entry<String, RecordComponent> key :
        RecordBinder.keys(ServerConfig.class).entrySet()) {
      ConfigValue value = values.get(key.getKey());
      assertThat(value).isNotNull();
      String comment = commentAbove(lines, value.origin().line());
      if (key.getKey().equals("https.key-file")) {
        continue; // explained together with the key above it
      }
      assertThat(comment).as("comment of %s", key.getKey()).isNotBlank();
      Class<?> type = key.getValue().getType();
      if (type == int.class || type == long.class || type == Duration.class) {
        assertThat(comment).as(key.getKey()).contains(Range.of(key.getValue()) + ".");
      } else if (type == boolean.class || type.isEnum()) {
        assertThat(comment).as(key.getKey()).contains("Allowed: ");
      }
    }
  }

  private static String commentAbove(List<String> lines, int line) {
    List<String> comment = new ArrayList<>();
    for (int i = line - 2; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      comment.addFirst(lines.get(i).strip().substring(1).strip());
    }
    return String.join(" ", comment);
  }

  private static String reference() throws Exception {
    try (InputStream stream =
        ConfigDefaultsTest.class.getClassLoader().getResourceAsStream("reference.yaml")) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
