package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.PublishedStreams;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamListener;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.router.StreamState;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The streams of terminals, asked for when somebody wants them. What is published without having
 * been asked for is there for everybody as well. Any thread; nothing blocks.
 */
public final class LiveStreams implements StreamSource, ChannelControls, AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final ChannelSurroundings surroundings;
  private final Predicate<String> knownTerminal;
  private final PublishedStreams published;
  private final ConcurrentHashMap<StreamId, LiveChannel> channels = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<ChannelListener> listeners = new CopyOnWriteArrayList<>();
  private final StreamListener media = new Media();
  private final List<Runnable> whenClosed = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param knownTerminal whether there is such a terminal at all, by its digits; must not block
   * @param executor runs the channels' events
   */
  LiveStreams(
      Router router,
      ChannelCommands commands,
      Predicate<String> knownTerminal,
      DataBudget budget,
      LiveTiming timing,
      Timers timers,
      Executor executor) {
    this.surroundings =
        new ChannelSurroundings(
            new ChannelMachine(timing),
            router,
            commands,
            timers,
            executor,
            budget,
            this::busy,
            new LastFailures(),
            new LiveStatistics());
    this.knownTerminal = knownTerminal;
    this.published = new PublishedStreams(router);
    router.addListener(media);
  }

  /**
   * Begins to listen to terminals and streams.
   *
   * @param knownTerminal whether there is such a terminal at all, by its digits; must not block
   * @param formats where terminals are asked for what they send
   * @param mediaEnd closes the connection that a stream's media come on
   */
  public static LiveStreams start(
      LiveConfig config,
      Router router,
      TerminalLinks links,
      Predicate<String> knownTerminal,
      DataBudget budget,
      TerminalFormats formats,
      Consumer<StreamId> mediaEnd) {
    LiveTimers timers = new LiveTimers();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ChannelCommands commands =
        new TerminalCommands(links, config.address(), formats, config.timing().answer(), mediaEnd);
    LiveStreams streams =
        new LiveStreams(router, commands, knownTerminal, budget, config.timing(), timers, threads);
    LossNotices losses = new LossNotices(router, links);
    timers.every(config.lossNotices(), () -> losses.tell(streams.inPhase(ChannelPhase.LIVE)));
    TerminalLinks.Registration listening =
        links.listen(
            new TerminalListener() {
              @Override
              public void online(TerminalLink link) {
                streams.terminalOnline(link.terminal());
              }
            });
    streams.whenClosed.add(listening::close);
    streams.whenClosed.add(threads::close);
    streams.whenClosed.add(timers::close);
    return streams;
  }

  @Override
  public StreamLease demand(StreamId id, LeaseHolder holder) {
    if (!id.ofTerminal()) {
      return published.demand(id, holder);
    } else if (closed) {
      return new Refused(id, Code.SERVER_STOPPING, "The server is stopping.");
    } else if (mayCome(id)) {
      return join(id, holder);
    } else if (surroundings.router().find(id) != null) {
      return published.demand(id, holder); // Its grace time: perhaps it returns by itself.
    } else if (knownTerminal.test(id.terminal())) {
      return refused(id, Code.TERMINAL_OFFLINE, "The terminal is not connected.");
    }
    return refused(id, Code.STREAM_NOT_FOUND, "Stream " + id + " is not live.");
  }

  private boolean mayCome(StreamId id) {
    Stream stream = surroundings.router().find(id);
    return (stream != null && stream.state() == StreamState.LIVE)
        || surroundings.commands().reachable(id.terminal());
  }

  /**
   * A channel that may be forgotten is not, once somebody has joined it: both exclude each other.
   */
  private StreamLease join(StreamId id, LeaseHolder holder) {
    CompletableFuture<StreamLease> joined = new CompletableFuture<>();
    channels.compute(
        id,
        (key, existing) -> {
          LiveChannel channel = existing == null ? channel(id) : existing;
          joined.complete(channel.join(holder));
          return channel;
        });
    return joined.join();
  }

  private LiveChannel channel(StreamId id) {
    return new LiveChannel(id, surroundings, this::tell, this::forgetIfIdle);
  }

  private void forgetIfIdle(LiveChannel channel) {
    if (channel.idle()) {
      channels.computeIfPresent(
          channel.id(), (key, present) -> present == channel && channel.idle() ? null : present);
    }
  }

  private void tell(StreamId id, ChannelStatus status) {
    listeners.forEach(listener -> listener.changed(id, status));
  }

  private StreamLease refused(StreamId id, Code code, String detail) {
    surroundings.statistics().refused(code);
    return new Refused(id, code, detail);
  }

  /** How a channel stands. A stream that came unasked is live. */
  public ChannelStatus status(StreamId id) {
    LiveChannel channel = channels.get(id);
    return channel == null
        ? new ChannelStatus(ChannelPhase.IDLE, 0, false, surroundings.failures().of(id))
        : channel.status();
  }

  private boolean busy(StreamId id) {
    LiveChannel channel = channels.get(id);
    return channel != null && channel.status().phase() != ChannelPhase.IDLE;
  }

  @Override
  public CompletionStage<ControlResult> pause(StreamId id) {
    return control(id, LiveChannel::pause);
  }

  @Override
  public CompletionStage<ControlResult> resume(StreamId id) {
    return control(id, LiveChannel::resume);
  }

  @Override
  public CompletionStage<ControlResult> switchTo(StreamId id, Quality encoding) {
    return control(id, channel -> channel.switchTo(encoding));
  }

  private CompletionStage<ControlResult> control(
      StreamId id, Function<LiveChannel, CompletionStage<ControlResult>> wish) {
    LiveChannel channel = channels.get(id);
    return channel == null
        ? CompletableFuture.completedStage(ControlResult.NOT_LIVE)
        : wish.apply(channel);
  }

  /** The channels of a terminal that are not idle, in either quality. */
  public Set<Integer> channelsOf(String terminal) {
    Set<Integer> numbers = new TreeSet<>();
    for (StreamId id : channels.keySet()) {
      if (id.terminal().equals(terminal)) {
        numbers.add(id.channel());
      }
    }
    return numbers;
  }

  public void addListener(ChannelListener listener) {
    listeners.add(listener);
  }

  public LiveStatistics statistics() {
    return surroundings.statistics();
  }

  /** Channels that somebody wants or that are about to be stopped. */
  public int channelCount() {
    return (int) channels.values().stream().filter(channel -> !channel.state().atRest()).count();
  }

  /** The channels in a phase, in no order. */
  public List<StreamId> inPhase(ChannelPhase phase) {
    return channels.values().stream()
        .filter(channel -> channel.status().phase() == phase)
        .map(LiveChannel::id)
        .toList();
  }

  /** The terminal has a new connection. */
  void terminalOnline(String terminal) {
    channels.forEach(
        (id, channel) -> {
          if (id.terminal().equals(terminal)) {
            channel.terminalOnline();
          }
        });
  }

  /** Ends what is live of terminals that may use no more data. */
  public void enforceBudgets() {
    channels.forEach(
        (id, channel) -> {
          if (surroundings.budget().of(id.terminal()).spent()) {
            channel.budgetSpent();
          }
        });
  }

  /** Takes no more wishes and tells terminals to stop, but does not wait for their answers. */
  @Override
  public void close() {
    closed = true;
    surroundings.router().removeListener(media);
    channels.values().forEach(LiveChannel::serverStopping);
    whenClosed.forEach(Runnable::run);
    whenClosed.clear();
  }

  private record Refused(StreamId stream, CompletionStage<Stream> live) implements StreamLease {
    Refused(StreamId stream, Code code, String detail) {
      this(
          stream,
          CompletableFuture.failedFuture(
              new StreamUnavailableException(code, detail, RETRY_AFTER)));
    }

    @Override
    public void close() {}
  }

  /** Tells a channel that something became of its stream; it looks for itself what. */
  private final class Media implements StreamListener {
    @Override
    public void started(Stream stream) {
      changed(stream);
    }

    @Override
    public void changed(Stream stream) {
      StreamId id = stream.id();
      boolean present = MediaPresence.of(stream) != MediaPresence.NONE;
      if (id.ofTerminal() && !closed) {
        channels.compute(
            id,
            (key, existing) -> {
              LiveChannel channel = existing == null && present ? channel(id) : existing;
              if (channel != null) {
                channel.mediaChanged();
              }
              return channel;
            });
      }
    }

    @Override
    public void interrupted(Stream stream) {
      changed(stream);
    }

    @Override
    public void resumed(Stream stream) {
      changed(stream);
    }

    @Override
    public void stopped(Stream stream, String reason) {
      changed(stream);
    }
  }
}
