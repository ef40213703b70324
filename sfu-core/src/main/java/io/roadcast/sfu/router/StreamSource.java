package io.roadcast.sfu.router;

/** Brings streams to this node when somebody wants them. */
@FunctionalInterface
public interface StreamSource {
  /** Asks for a stream. Any thread; never blocks: the lease says what came of it. */
  StreamLease demand(StreamId stream, LeaseHolder holder);
}
