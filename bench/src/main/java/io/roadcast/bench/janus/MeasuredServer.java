package io.roadcast.bench.janus;

import io.roadcast.bench.feed.PictureSink;
import io.roadcast.bench.viewer.OfferExchange;
import java.io.IOException;

/** One of the two that are compared. */
interface MeasuredServer extends AutoCloseable {
  String name();

  ServerProcess process();

  /** How one viewer's offer gets its answer. */
  OfferExchange exchange();

  /** What it says itself of the time since it was asked last; empty if nothing. */
  default String account() throws IOException, InterruptedException {
    return "";
  }

  /** Brings pictures to it, from the thread of the feed. */
  PictureSink openFeed() throws IOException;

  @Override
  void close();
}
