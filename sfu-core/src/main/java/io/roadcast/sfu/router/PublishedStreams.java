package io.roadcast.sfu.router;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whatever is published on this node at the moment; asks nobody for more. */
public final class PublishedStreams implements StreamSource {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Router router;

  public PublishedStreams(Router router) {
    this.router = router;
  }

  /** Live or in its grace time is enough here, even if nothing was received yet. */
  @Override
  public StreamLease demand(StreamId id, LeaseHolder holder) {
    Stream stream = router.find(id);
    return new Found(
        id,
        stream != null
            ? CompletableFuture.completedStage(stream)
            : CompletableFuture.failedStage(
                new StreamUnavailableException(
                    Code.STREAM_NOT_FOUND, "Stream " + id + " is not live.", RETRY_AFTER)));
  }

  private record Found(StreamId stream, CompletionStage<Stream> live) implements StreamLease {
    @Override
    public void close() {}
  }
}
