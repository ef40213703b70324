package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.StreamId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many viewers there are, in all and per stream, and whether there is room for one more. */
final class ViewerCounts {
  private final int maxViewers;
  private final int maxViewersPerStream;
  private final AtomicInteger inAll = new AtomicInteger();
  private final ConcurrentHashMap<StreamId, Integer> perStream = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  ViewerCounts(int maxViewers, int maxViewersPerStream) {
    this.maxViewers = maxViewers;
    this.maxViewersPerStream = maxViewersPerStream;
  }

  /** Takes a place; it is given back by {@link #leave}. */
  void enter(StreamId stream) throws TooManyViewersException, StreamViewersFullException {
    if (inAll.incrementAndGet() > maxViewers) {
      inAll.decrementAndGet();
      refused.increment();
      throw new TooManyViewersException(
          "the server has " + maxViewers + " viewers, which is the limit");
    }
    if (perStream.merge(stream, 1, Integer::sum) > maxViewersPerStream) {
      leave(stream);
      refused.increment();
      throw new StreamViewersFullException(maxViewersPerStream);
    }
  }

  /** One was refused for another reason than its number. */
  void refuse() {
    refused.increment();
  }

  void leave(StreamId stream) {
    perStream.computeIfPresent(stream, (id, count) -> count == 1 ? null : count - 1);
    inAll.decrementAndGet();
  }

  int inAll() {
    return inAll.get();
  }

  int of(StreamId stream) {
    return perStream.getOrDefault(stream, 0);
  }

  long refused() {
    return refused.sum();
  }
}
