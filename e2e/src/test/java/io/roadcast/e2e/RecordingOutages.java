package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * A real S3 server that recordings go to, encrypted; and what happens to it and to the database
 * while they are made: first one, then the other is away for a minute.
 */
final class RecordingOutages implements AutoCloseable {
  private static final Duration AWAY = Duration.ofMinutes(1);
  private static final Duration BACK = Duration.ofMinutes(6);
  private static final String BUCKET = "recordings";
  private static final String ACCESS = "roadcast";
  private static final String SECRET = "not-a-secret";
  private static final String MOVED = "roadcast_recorder_moved_segments_total";

  private final Path directory;
  private S3Proxy store;

  RecordingOutages(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve(BUCKET));
    store = start(0);
  }

  private S3Proxy start(int port) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", properties))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception failure) {
      throw new IOException(failure);
    }
    return server;
  }

  /** With which a server has its recordings there, a minute after they are complete. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("object-store.bucket", BUCKET);
    settings.put("object-store.endpoint", "http://127.0.0.1:" + store.getPort());
    settings.put("object-store.access-key", ACCESS);
    settings.put("object-store.secret-key", SECRET);
    settings.put("object-store.move-after", "1m");
    settings.put("recording.encryption", "sealed");
    settings.put("recording.ring", "1m");
    return settings;
  }

  /** Has both happen, one after the other; returns when the server is well again. */
  void happen(RunningServer server) throws Exception {
    await().atMost(BACK).until(() -> server.metric(MOVED) > 0);
    double frames = server.metric("roadcast_recorder_frames_total");
    server.database().cutOff();
    await().pollDelay(AWAY).atMost(AWAY.multipliedBy(2)).until(() -> true);
    assertThat(server.metric("roadcast_recorder_catalog_behind")).as("behind").isPositive();
    server.database().restore();
    await().atMost(BACK).until(() -> server.metric("roadcast_recorder_catalog_behind") == 0);
    double recorded = server.metric("roadcast_recorder_frames_total") - frames;
    System.out.printf("outages: %.0f pictures recorded while the database was away%n", recorded);
    assertThat(recorded).isPositive();

    int port = store.getPort();
    stopStore();
    await().pollDelay(AWAY).atMost(AWAY.multipliedBy(2)).until(() -> true);
    double moved = server.metric(MOVED);
    store = start(port);
    await().atMost(BACK).until(() -> server.metric(MOVED) > moved);
    System.out.printf("outages: moved %.0f segments before the store was back%n", moved);
  }

  private void stopStore() throws IOException {
    try {
      store.stop();
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    stopStore();
  }
}
