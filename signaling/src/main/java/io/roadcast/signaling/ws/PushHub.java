package io.roadcast.signaling.ws;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventChanges.Numbered;
import io.roadcast.fleet.access.Resource;
import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.jtt.multimedia.MediaRecord;
import io.roadcast.jtt.position.Position;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamListener;
import io.roadcast.signaling.http.PlaybackView;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewerNotices;
import io.roadcast.signaling.terminal.MediaView;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts everything that is pushed into one order. News come in on any thread and never wait; one
 * virtual thread tells them to the {@link Audience}.
 */
public final class PushHub implements StreamListener, ViewerNotices, TerminalNews {
  private static final Logger LOG = LoggerFactory.getLogger(PushHub.class);
  private static final int MAX_WAITING_NEWS = 10_000;
  private static final long POSITION_INTERVAL_NANOS = 1_000_000_000L;

  private sealed interface News {
    record OfStream(StreamNews what, Stream stream) implements News {}

    record OfChannel(StreamId channel, ChannelStatus status) implements News {}

    record OfViewer(UUID viewer, Notice notice, @Nullable String detail) implements News {}

    record ViewerGone(UUID viewer) implements News {}

    record Joined(PushConnection connection) implements News {}

    record Left(PushConnection connection) implements News {}

    record Follows(PushConnection connection, UUID viewer) implements News {}

    record OfTerminal(String terminal, Object message) implements News {}

    record OfMedia(Resource whose, MediaMessage message) implements News {}

    record OfPlayback(PlaybackView playback) implements News {}

    record OfEvents(List<EventFeed.Told> events) implements News {}

    record Subscribes(PushConnection connection, EventFilter filter, long since) implements News {}

    record Unsubscribes(PushConnection connection) implements News {}

    record Stopping() implements News {}
  }

  private final Router router;
  private final ViewerGateway viewers;
  private final Audience audience;
  private final long changeIntervalNanos;
  private final BlockingQueue<News> news = new ArrayBlockingQueue<>(MAX_WAITING_NEWS);
  private final AtomicBoolean overrun = new AtomicBoolean();
  private final LatestPositions positions = new LatestPositions();
  private @Nullable Thread thread;

  public PushHub(Router router, ViewerGateway viewers, Audience audience, PushLimits limits) {
    this.router = router;
    this.viewers = viewers;
    this.audience = audience;
    this.changeIntervalNanos = limits.changeInterval().toNanos();
  }

  public void start() {
    thread = Thread.ofVirtual().name("push-hub").start(this::run);
    router.addListener(this);
    viewers.addListener(this);
  }

  /**
   * Tells all clients that the server stops, and closes them; returns when they were offered it.
   */
  public void stop(Duration patience) {
    router.removeListener(this);
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!news.offer(new News.Stopping(), patience.toMillis(), TimeUnit.MILLISECONDS)
          || !running.join(patience)) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void started(Stream stream) {
    tell(new News.OfStream(StreamNews.STARTED, stream));
  }

  @Override
  public void changed(Stream stream) {
    tell(new News.OfStream(StreamNews.CHANGED, stream));
  }

  @Override
  public void interrupted(Stream stream) {
    tell(new News.OfStream(StreamNews.INTERRUPTED, stream));
  }

  @Override
  public void resumed(Stream stream) {
    tell(new News.OfStream(StreamNews.RESUMED, stream));
  }

  @Override
  public void stopped(Stream stream, String reason) {
    tell(new News.OfStream(StreamNews.STOPPED, stream));
  }

  /** A viewer is shown another part of what was recorded. */
  public void playback(PlaybackView playback) {
    tell(new News.OfPlayback(playback));
  }

  /** A channel of a terminal came into another phase, or failed. */
  public void channelChanged(StreamId channel, ChannelStatus status) {
    tell(new News.OfChannel(channel, status));
  }

  @Override
  public void notice(UUID viewer, Notice notice, @Nullable String detail) {
    tell(new News.OfViewer(viewer, notice, detail));
  }

  @Override
  public void gone(UUID viewer) {
    tell(new News.ViewerGone(viewer));
  }

  @Override
  public void tell(String terminal, TerminalMessage message) {
    tell(new News.OfTerminal(terminal, message));
  }

  @Override
  public void position(Position position, @Nullable UUID vehicle) {
    positions.offer(position, vehicle);
  }

  @Override
  public void command(TerminalCommand command) {
    tell(new News.OfTerminal(command.terminal(), CommandMessage.of(command)));
  }

  @Override
  public void media(MediaRecord media) {
    tell(new News.OfMedia(MediaView.resource(media), MediaMessage.of(media)));
  }

  @Override
  public void announced(String terminal, MediaEvent event) {
    tell(new News.OfMedia(Resource.terminal(terminal), MediaMessage.of(terminal, event)));
  }

  void joined(PushConnection connection) {
    if (!tell(new News.Joined(connection))) {
      connection.finish(PushConnection.TRY_AGAIN_LATER, "busy");
    }
  }

  void left(PushConnection connection) {
    tell(new News.Left(connection));
  }

  void follows(PushConnection connection, UUID viewer) {
    tell(new News.Follows(connection, viewer));
  }

  /** What became of events, in the order of their numbers. */
  public void told(EventFeed feed, List<Numbered> changes) {
    tell(new News.OfEvents(feed.told(changes)));
  }

  void subscribes(PushConnection connection, EventFilter filter, long since) {
    tell(new News.Subscribes(connection, filter, since));
  }

  void unsubscribes(PushConnection connection) {
    tell(new News.Unsubscribes(connection));
  }

  boolean maySee(PushConnection connection, SafetyEvent event) {
    return audience.maySee(connection, event);
  }

  private boolean tell(News item) {
    boolean taken = news.offer(item);
    if (!taken) {
      overrun.set(true);
    }
    return taken;
  }

  private void run() {
    long nextLook = System.nanoTime() + changeIntervalNanos;
    long nextPositions = System.nanoTime() + POSITION_INTERVAL_NANOS;
    try {
      while (true) {
        long wake = Math.min(nextLook, nextPositions) - System.nanoTime();
        News item = news.poll(wake, TimeUnit.NANOSECONDS);
        if (item instanceof News.Stopping) {
          audience.stop();
          return;
        }
        if (item != null) {
          handle(item);
        }
        if (overrun.getAndSet(false)) {
          LOG.warn("more news than can be told; all WebSocket clients are asked to come again");
          audience.closeAll(PushConnection.TRY_AGAIN_LATER, "overrun");
        }
        if (nextPositions - System.nanoTime() <= 0) {
          audience.tellPositions(positions.take());
          nextPositions = System.nanoTime() + POSITION_INTERVAL_NANOS;
        }
        if (nextLook - System.nanoTime() <= 0) {
          audience.tellChanges(router.streams());
          nextLook = System.nanoTime() + changeIntervalNanos;
        }
      }
    } catch (InterruptedException e) {
      audience.closeAll(PushConnection.GOING_AWAY, "server_stopping");
    }
  }

  private void handle(News item) {
    try {
      switch (item) {
        case News.OfStream(StreamNews what, Stream stream) -> audience.tell(what, stream);
        case News.OfChannel(StreamId channel, ChannelStatus status) ->
            audience.tell(channel, status);
        case News.OfViewer(UUID viewer, Notice notice, String detail) ->
            audience.tell(viewer, notice, detail);
        case News.ViewerGone(UUID viewer) -> audience.forget(viewer);
        case News.Joined(PushConnection connection) -> audience.join(connection, router.streams());
        case News.Left(PushConnection connection) -> audience.leave(connection);
        case News.Follows(PushConnection connection, UUID viewer) ->
            audience.follow(connection, viewer);
        case News.OfTerminal(String terminal, Object message) ->
            audience.tellOfTerminal(terminal, message);
        case News.OfMedia(Resource whose, MediaMessage message) ->
            audience.tellOfMedia(whose, message);
        case News.OfPlayback(PlaybackView playback) -> audience.tell(playback);
        case News.OfEvents(List<EventFeed.Told> events) -> audience.tellEvents(events);
        case News.Subscribes(PushConnection connection, EventFilter filter, long since) ->
            audience.subscribe(connection, filter, since);
        case News.Unsubscribes(PushConnection connection) -> audience.unsubscribe(connection);
        case News.Stopping stopping -> throw new IllegalStateException("handled before");
      }
    } catch (RuntimeException mistake) {
      LOG.error("{} was not told", item.getClass().getSimpleName(), mistake);
    }
  }
}
