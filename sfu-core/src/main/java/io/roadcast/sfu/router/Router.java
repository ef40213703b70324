package io.roadcast.sfu.router;

import io.roadcast.media.rtp.RtpBlockPool;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of this node. All methods may be called on any thread. */
public final class Router implements AutoCloseable {
  private final RouterConfig config;
  private final PublicationParts parts;
  private final ConcurrentHashMap<StreamId, Stream> streams = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger places = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ScheduledExecutorService graceTimer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stream-grace").factory());
  private volatile boolean closed;

  /**
   * @param pool the memory of all blocks; closed by its owner, after this router
   */
  public Router(RouterConfig config, RtpBlockPool pool) {
    this.config = config;
    this.parts = new PublicationParts(pool, this);
  }

  public void addListener(StreamListener listener) {
    listeners.add(listener);
  }

  public void removeListener(StreamListener listener) {
    listeners.remove(listener);
  }

  /**
   * Publishes a stream. If it is already published, the newer publisher wins: the older one is told
   * ({@link Publisher#superseded()}), the viewers stay.
   *
   * @throws PublishRefusedException if as many streams are live as the configuration allows
   */
  public Publication publish(StreamId id, Publisher publisher) throws PublishRefusedException {
    AtomicReference<@Nullable Publication> published = new AtomicReference<>();
    Runnable[] afterwards = {() -> {}};
    streams.compute(
        id,
        (key, existing) -> {
          Stream stream = existing;
          if (stream != null) {
            afterwards[0] = takeOver(stream, publisher);
          } else if (takePlace()) {
            Stream started = new Stream(id, Stream.Audience.ALL, publisher, parts, config);
            afterwards[0] = () -> tell(listener -> listener.started(started));
            stream = started;
          } else {
            return null;
          }
          published.set(stream.current());
          return stream;
        });
    Publication publication = published.get();
    if (publication == null) {
      refused.increment();
      throw new PublishRefusedException(
          closed
              ? "the server is stopping"
              : "this server carries at most " + config.maxStreams() + " streams");
    }
    afterwards[0].run();
    return publication;
  }

  /**
   * Publishes a stream of that name which is not found, listed, recorded or told of: it is for
   * those who are handed it, beside the one that everybody sees. It ends when its publication is
   * closed, and is not counted among the streams.
   */
  public Publication publishPrivately(StreamId id, Publisher publisher) {
    return new Stream(id, Stream.Audience.PRIVATE, publisher, parts, config).current();
  }

  /** The map's size is not exact while others publish: a place is taken before a stream is made. */
  private boolean takePlace() {
    if (closed) {
      return false;
    }
    if (places.incrementAndGet() > config.maxStreams()) {
      places.decrementAndGet();
      return false;
    }
    return true;
  }

  /** The stream of this name if it is live or in its grace time. */
  public @Nullable Stream find(StreamId id) {
    return streams.get(id);
  }

  /**
   * Ends a stream whose publisher went away before its grace time is over; nothing happens to one
   * that is live.
   */
  public void endInterrupted(StreamId id, String reason) {
    Stream stream = find(id);
    if (stream != null) {
      end(stream, stream.current(), reason);
    }
  }

  /** All streams that are live or in their grace time, by id. */
  public List<Stream> streams() {
    return streams.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  public int streamCount() {
    return streams.size();
  }

  /** How many publications were refused for lack of room. */
  public long refusedPublications() {
    return refused.sum();
  }

  /** Ends all streams, telling their viewers; nothing can be published any more. */
  @Override
  public void close() {
    closed = true;
    graceTimer.shutdownNow();
    for (Stream stream : streams()) {
      end(stream, stream.current(), "the server is stopping");
    }
  }

  /** The publication's source went away: its stream waits for another one. */
  void withdrawn(Publication publication, String reason) {
    Stream stream = publication.stream();
    if (stream.isPrivate()) {
      stream.end(reason);
      return;
    }
    AtomicBoolean interrupted = new AtomicBoolean();
    streams.computeIfPresent(
        stream.id(),
        (key, present) -> {
          if (present == stream
              && stream.current() == publication
              && stream.state() == StreamState.LIVE) {
            stream.interrupt();
            interrupted.set(true);
          }
          return present;
        });
    if (!interrupted.get()) {
      return;
    }
    tell(listener -> listener.interrupted(stream));
    if (closed || config.grace().isZero()) {
      endUnlessBack(publication, reason);
      return;
    }
    graceTimer.schedule(
        () -> endUnlessBack(publication, reason), config.grace().toNanos(), TimeUnit.NANOSECONDS);
  }

  void changed(Stream stream) {
    if (!stream.isPrivate()) {
      tell(listener -> listener.changed(stream));
    }
  }

  private Runnable takeOver(Stream stream, Publisher publisher) {
    boolean wasInterrupted = stream.state() == StreamState.INTERRUPTED;
    Publication older = stream.supersede(new Publication(stream, publisher, parts));
    return () -> {
      if (wasInterrupted) {
        tell(listener -> listener.resumed(stream));
      } else {
        older.publisher().superseded();
      }
    };
  }

  private void endUnlessBack(Publication publication, String reason) {
    end(publication.stream(), publication, reason);
  }

  /** Ends a stream unless somebody else publishes it by now. */
  private void end(Stream stream, Publication last, String reason) {
    AtomicBoolean ended = new AtomicBoolean();
    streams.computeIfPresent(
        stream.id(),
        (key, present) -> {
          boolean waits = stream.current() == last && stream.state() == StreamState.INTERRUPTED;
          boolean over = present == stream && (closed || waits);
          if (over) {
            stream.end(reason);
            places.decrementAndGet();
            ended.set(true);
          }
          return over ? null : present;
        });
    if (ended.get()) {
      tell(listener -> listener.stopped(stream, reason));
    }
  }

  private void tell(Consumer<StreamListener> news) {
    listeners.forEach(news);
  }
}
