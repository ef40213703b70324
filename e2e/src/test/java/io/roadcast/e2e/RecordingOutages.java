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
import java.util.function.LongSupplier;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * A real S3 server that recordings go to, encrypted; and what happens to it and to the database
 * while they are made: first one, then the other is away, and the store is slow afterwards.
 */
final class RecordingOutages implements AutoCloseable {
  private static final Duration BACK = Duration.ofMinutes(6);
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(60);
  private static final Duration LOOKS = Duration.ofSeconds(1);

  /** A third of what twenty cameras send. */
  private static final long SLOW_BYTES_PER_SECOND = 250_000;

  private static final String BUCKET = "recordings";
  private static final String ACCESS = "roadcast";
  private static final String SECRET = "not-a-secret";
  private static final String MOVED = "roadcast_recorder_moved_segments_total";
  private static final String FRAMES = "roadcast_recorder_frames_total";
  private static final String BEHIND = "roadcast_recorder_catalog_behind";

  private final Path directory;
  private final Duration away;
  private final SlowableStore objects;
  private S3Proxy store;
  private int port;

  /**
   * @param away how long each is
   */
  RecordingOutages(Path directory, Duration away) throws IOException {
    this.directory = directory;
    this.away = away;
    Files.createDirectories(directory.resolve(BUCKET));
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    objects = new SlowableStore(BlobStores.create("filesystem-nio2", properties));
    store = start(0);
  }

  private S3Proxy start(int port) throws IOException {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
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

  /** Where the objects lie as files, each by its name. */
  Path bucket() {
    return directory.resolve(BUCKET);
  }

  /**
   * With which a server has its recordings there, as soon after they are complete as it is away.
   */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("object-store.bucket", BUCKET);
    settings.put("object-store.endpoint", "http://127.0.0.1:" + store.getPort());
    settings.put("object-store.access-key", ACCESS);
    settings.put("object-store.secret-key", SECRET);
    settings.put("object-store.move-after", away.toSeconds() + "s");
    settings.put("recording.encryption", "sealed");
    settings.put("recording.ring", away.toSeconds() + "s");
    return settings;
  }

  /**
   * Has all of it happen, one after the other; returns when the server is well again.
   *
   * @param sent pictures that the simulated cameras have sent so far
   */
  void happen(RunningServer server, LongSupplier sent) throws Exception {
    await().atMost(BACK).pollInterval(LOOKS).until(() -> server.metric(MOVED) > 0);
    withoutDatabase(server, sent);
    withoutStore(server, sent);
    withSlowStore(server, sent);
  }

  private void withoutDatabase(RunningServer server, LongSupplier sent) {
    Recorded recorded = new Recorded(server, sent);
    server.database().cutOff();
    pass();
    recorded.assertAll();
    double behind = server.metric(BEHIND);
    server.database().restore();
    await().atMost(BACK).pollInterval(LOOKS).until(() -> server.metric(BEHIND) == 0);
    System.out.printf(
        "outages: %.0f entries of the catalogue put off while the database was away for %d s%n",
        behind, away.toSeconds());
    assertThat(behind).as("entries put off").isPositive();
  }

  private void withoutStore(RunningServer server, LongSupplier sent) throws Exception {
    Recorded recorded = new Recorded(server, sent);
    goAway();
    pass();
    recorded.assertAll();
    double moved = server.metric(MOVED);
    comeBack();
    await().atMost(BACK).pollInterval(LOOKS).until(() -> server.metric(MOVED) > moved);
    System.out.printf(
        "outages: the store was away for %d s, after %.0f segments were moved%n",
        away.toSeconds(), moved);
  }

  private void withSlowStore(RunningServer server, LongSupplier sent) {
    Recorded recorded = new Recorded(server, sent);
    double moved = server.metric(MOVED);
    objects.slow(SLOW_BYTES_PER_SECOND);
    pass();
    recorded.assertAll();
    double slowly = server.metric(MOVED) - moved;
    objects.slow(Long.MAX_VALUE);
    System.out.printf(
        "outages: %.0f segments moved while the store took %d bytes a second for %d s%n",
        slowly, SLOW_BYTES_PER_SECOND, away.toSeconds());
  }

  private void pass() {
    await().pollDelay(away).atMost(away.multipliedBy(3)).until(() -> true);
  }

  /** Whether recording goes on; that nothing at all is missing is counted at the end. */
  private record Recorded(RunningServer server, LongSupplier sent, long sentBefore, double before) {
    Recorded(RunningServer server, LongSupplier sent) {
      this(server, sent, sent.getAsLong(), server.metric(FRAMES));
    }

    /** Claims that all was recorded that was sent since, but for what is on its way. */
    void assertAll() {
      long wanted = sent.getAsLong() - sentBefore;
      await()
          .atMost(ON_ITS_WAY)
          .pollInterval(LOOKS)
          .untilAsserted(
              () -> assertThat(server.metric(FRAMES) - before).isGreaterThanOrEqualTo(wanted));
      System.out.printf("outages: %d pictures sent meanwhile, as many recorded%n", wanted);
    }
  }

  /** Nobody is served any more, until {@link #comeBack}. */
  void goAway() throws IOException {
    port = store.getPort();
    stopStore();
  }

  /** At the same address. */
  void comeBack() throws IOException {
    store = start(port);
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
