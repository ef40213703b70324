package io.roadcast.signaling.whep;

import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.StreamProblems;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** Waits for streams that viewers ask for, on the request's own (virtual) thread. */
final class Demand {
  /** A source answers earlier; a client's patience ends soon after. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(26);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final StreamSource source;

  Demand(StreamSource source) {
    this.source = source;
  }

  /**
   * Asks for a stream, waits until it is live, and hands it over with the lease that keeps it so.
   *
   * @param use takes the lease over unless it throws
   * @throws ApiException STREAM_NOT_FOUND, TERMINAL_OFFLINE, TERMINAL_REFUSED, NO_MEDIA,
   *     DATA_BUDGET_EXCEEDED, SERVER_STOPPING
   */
  <T> T whenLive(StreamId id, BiFunction<Stream, StreamLease, T> use) {
    StreamLease lease = source.demand(id, LeaseHolder.VIEWER);
    try {
      return use.apply(await(lease), lease);
    } catch (RuntimeException | Error refused) {
      lease.close();
      throw refused;
    }
  }

  private static Stream await(StreamLease lease) {
    try {
      return lease.live().toCompletableFuture().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamUnavailableException refusal) {
        throw StreamProblems.of(refusal);
      }
      throw new IllegalStateException("a stream source failed", e.getCause());
    } catch (TimeoutException e) {
      throw new ApiException(ErrorCode.NO_MEDIA, "No picture has come in time.", RETRY_AFTER);
    } catch (CancellationException e) {
      throw new ApiException(ErrorCode.SERVER_STOPPING, "The server is stopping.", RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.SERVER_STOPPING, "The server is stopping.", RETRY_AFTER);
    }
  }
}
