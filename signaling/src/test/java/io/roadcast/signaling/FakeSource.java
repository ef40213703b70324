package io.roadcast.signaling;

import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.PublishedStreams;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.router.StreamUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is published, and one terminal that does what a test says. */
public final class FakeSource implements StreamSource {
  /** The terminal whose channels are asked for. */
  public static final String TERMINAL = "13800000000";

  /** A wish that the test decides about. */
  public record Wish(StreamId stream, CompletableFuture<Stream> answer) {
    public void grant(Stream live) {
      answer.complete(live);
    }

    public void refuse(StreamUnavailableException.Code code) {
      answer.completeExceptionally(
          new StreamUnavailableException(code, "as the test wants it", Duration.ofSeconds(7)));
    }
  }

  public final List<Wish> wishes = new CopyOnWriteArrayList<>();

  /** What is held and not given back. */
  public final Set<StreamLease> held = ConcurrentHashMap.newKeySet();

  private final PublishedStreams published;

  FakeSource(Router router) {
    this.published = new PublishedStreams(router);
  }

  @Override
  public StreamLease demand(StreamId id, LeaseHolder holder) {
    boolean asks = id.ofTerminal() && id.terminal().equals(TERMINAL);
    CompletableFuture<Stream> answer = new CompletableFuture<>();
    Held lease = new Held(id, asks ? answer : published.demand(id, holder).live());
    held.add(lease);
    if (asks) {
      wishes.add(new Wish(id, answer));
    }
    return lease;
  }

  private final class Held implements StreamLease {
    private final StreamId id;
    private final CompletionStage<Stream> live;

    Held(StreamId id, CompletionStage<Stream> live) {
      this.id = id;
      this.live = live;
    }

    @Override
    public StreamId stream() {
      return id;
    }

    @Override
    public CompletionStage<Stream> live() {
      return live;
    }

    @Override
    public void close() {
      held.remove(this);
    }
  }
}
