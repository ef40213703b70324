package io.roadcast.jtt.jt1078;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a TCP connection and a UDP flow have in common: packets in order are told apart by terminal
 * and channel, gaps are found, and every channel has its assembly and its publisher. Used by the
 * connection's thread, except for {@link #info}.
 */
final class UplinkConnection {
  private final SourceInfo source;
  private final Jt1078Config config;
  private final Router router;
  private final IngestStatistics statistics;
  private final ExpectedTerminals terminals;
  private final Runnable onSuperseded;
  private final BadInputLog badInput;
  private final Instant since = Instant.now();
  private final SequenceTracker sequence = new SequenceTracker();
  private final CopyOnWriteArrayList<Route> routes = new CopyOnWriteArrayList<>();
  private final LongAdder packets = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder skippedBytes = new LongAdder();
  private @Nullable Route lastRoute;
  private long skippedSeen;
  private long truncatedSeen;
  private long oversizedSeen;

  /** One channel's way through this connection. */
  private record Route(
      TerminalId terminal,
      int number,
      TerminalPublisher publisher,
      TerminalChannel channel,
      UplinkCounters counters) {
    boolean carries(Jt1078Packet packet) {
      return packet.channel() == number && packet.from(terminal);
    }
  }

  /**
   * @param onSuperseded called on any thread when a channel of this connection is published by
   *     another connection
   */
  UplinkConnection(
      SourceInfo source,
      Jt1078Config config,
      Router router,
      IngestStatistics statistics,
      ExpectedTerminals terminals,
      Runnable onSuperseded) {
    this.source = source;
    this.config = config;
    this.router = router;
    this.statistics = statistics;
    this.terminals = terminals;
    this.onSuperseded = onSuperseded;
    this.badInput = new BadInputLog(source.transport() + " " + source.remote());
    statistics.connected();
  }

  /**
   * Takes the next packet in order.
   *
   * @param arrivalNanos {@link System#nanoTime()} when its last byte came in
   */
  void packet(Jt1078Packet packet, long arrivalNanos) {
    int length = packet.length();
    packets.increment();
    bytes.add(length);
    statistics.packet(length);
    int missing = sequence.missingBefore(packet);
    Route route = routeOf(packet);
    if (missing != 0) {
      noteGap(route, missing, arrivalNanos);
    }
    if (route == null) {
      statistics.dropped(DropReason.TOO_MANY_CHANNELS, 1);
      return;
    }
    route.counters.packet(length);
    if (route.publisher.isSuperseded()) {
      statistics.dropped(DropReason.SUPERSEDED_CHANNEL, 1);
      return;
    }
    route.channel.add(packet, arrivalNanos);
  }

  private void noteGap(@Nullable Route route, int missing, long nowNanos) {
    int lost = Math.max(0, missing);
    statistics.gap(lost);
    badInput.note(lost + " packets missing", nowNanos);
    if (route != null) {
      route.counters.gap(lost);
    }
    for (Route each : routes) {
      each.channel.packetsMissing();
    }
  }

  private @Nullable Route routeOf(Jt1078Packet packet) {
    Route last = lastRoute;
    if (last != null && last.carries(packet)) {
      return last;
    }
    for (Route route : routes) {
      if (route.carries(packet)) {
        lastRoute = route;
        return route;
      }
    }
    if (routes.size() >= config.maxChannels()) {
      return null;
    }
    Route opened = open(packet.terminal(), packet.channel());
    routes.add(opened);
    return opened;
  }

  private Route open(TerminalId terminal, int number) {
    String name = terminals.nameOf(terminal);
    StreamId id = StreamId.ofTerminal(name, number, config.quality());
    UplinkCounters counters =
        new UplinkCounters(statistics, terminals.trafficOf(id), terminals.totalsOf(id));
    TerminalPublisher publisher =
        new TerminalPublisher(
            id,
            source,
            () -> terminals.soundExpectedOf(id),
            router,
            statistics,
            counters,
            onSuperseded);
    SoundBuilder sounds = new SoundBuilder(terminals.soundOf(name).orElse(null));
    TerminalChannel channel =
        new TerminalChannel(
            config.maxFrameBytes(), config.damagedPictures(), sounds, counters, publisher);
    return new Route(terminal, number, publisher, channel, counters);
  }

  /** Takes over what the decoder has counted since the last call. */
  void noteBadInput(Jt1078PacketDecoder decoder, long nowNanos) {
    long skipped = decoder.skippedBytes() - skippedSeen;
    long truncated = decoder.truncatedPackets() - truncatedSeen;
    long oversized = decoder.oversizedBodies() - oversizedSeen;
    if (skipped == 0 && truncated == 0 && oversized == 0) {
      return;
    }
    skippedSeen += skipped;
    truncatedSeen += truncated;
    oversizedSeen += oversized;
    skippedBytes.add(skipped);
    statistics.skipped(skipped);
    statistics.dropped(DropReason.TRUNCATED_PACKET, truncated);
    statistics.dropped(DropReason.OVERSIZED_BODY, oversized);
    for (Route route : routes) {
      route.counters.skippedBytes.add(skipped);
    }
    badInput.note(skipped + " bytes that belong to no packet", nowNanos);
  }

  /** Whether every channel that this connection had is published by another one now. */
  boolean superseded() {
    for (Route route : routes) {
      if (!route.publisher.isSuperseded()) {
        return false;
      }
    }
    return !routes.isEmpty();
  }

  /** Whether this is what publishes a stream, and publishes nothing else. */
  boolean publishesOnly(StreamId stream) {
    boolean publishes = false;
    for (Route route : routes) {
      if (!route.publisher.isSuperseded()) {
        if (!route.publisher.id().equals(stream)) {
          return false;
        }
        publishes = true;
      }
    }
    return publishes;
  }

  /** Whether it is silent because the terminal was told to pause what comes here. */
  boolean paused() {
    for (Route route : routes) {
      if (terminals.paused(route.publisher.id())) {
        return true;
      }
    }
    return false;
  }

  /** Packets that came in order. May be called on any thread. */
  long packets() {
    return packets.sum();
  }

  Quality quality() {
    return config.quality();
  }

  void close(CloseReason reason) {
    badInput.flush();
    statistics.connectionEnded(reason);
    for (Route route : routes) {
      route.channel.end();
      route.publisher.close(reason.text());
    }
  }

  /** May be called on any thread. */
  ConnectionInfo info() {
    List<StreamId> streams = routes.stream().map(route -> route.publisher.id()).toList();
    return new ConnectionInfo(
        source, since, streams, packets.sum(), bytes.sum(), skippedBytes.sum());
  }
}
