package io.roadcast.sfu.router;

import java.util.concurrent.CompletionStage;

/**
 * Somebody's wish for a stream. As long as it is not closed the source keeps the stream coming, and
 * asks again when it breaks off. All methods may be called on any thread.
 */
public interface StreamLease extends AutoCloseable {
  StreamId stream();

  /**
   * Completed once: with the stream when it is live and its codec known, or with {@link
   * StreamUnavailableException}, after which the lease is worth nothing. Closing the lease earlier
   * cancels it.
   */
  CompletionStage<Stream> live();

  /**
   * The holder looks away: it keeps its claim, but nothing need come until {@link #resume}. A
   * source may save the data when all of a stream's holders look away.
   */
  default void pause() {}

  /** The holder looks again. */
  default void resume() {}

  /** The stream is no longer wanted. Closing again does nothing. */
  @Override
  void close();
}
