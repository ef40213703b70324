package io.roadcast.sfu.whep;

import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.transport.DialOut;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The streams of other servers that are brought here. Any thread. */
public final class WhepSources implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final List<WhepSource> sources;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(executor)
          .build();

  private WhepSources(List<RemoteStream> remotes, Router router, DialOut port, RetryDelays delays) {
    sources =
        remotes.stream().map(remote -> new WhepSource(remote, router, port, http, delays)).toList();
  }

  /** Begins to ask for all of them; does not wait. */
  public static WhepSources start(
      List<RemoteStream> remotes, Router router, DialOut port, RetryDelays delays) {
    WhepSources all = new WhepSources(remotes, router, port, delays);
    all.sources.forEach(WhepSource::start);
    return all;
  }

  /** How it stands, in the order in which they were given. */
  public List<RemoteStatus> statuses() {
    return sources.stream().map(WhepSource::status).toList();
  }

  /** Says goodbye to the other servers. */
  @Override
  public void close() throws InterruptedException {
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      sources.forEach(
          source ->
              closing.submit(
                  () -> {
                    source.close();
                    return null;
                  }));
    }
    http.shutdownNow();
    executor.shutdownNow();
  }
}
