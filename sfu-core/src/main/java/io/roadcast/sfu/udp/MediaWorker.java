package io.roadcast.sfu.udp;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.udp.WorkerCounters.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, one socket, and the viewers that were first heard there. Each turn: what other
 * threads put (frames first of all), replays that are due, duties that are due, what came in, and
 * then whatever is still waiting to be sent. Nothing in it blocks but {@link UdpPort#await}.
 *
 * <p>A test may leave {@link #start} out and step the worker by {@link #turn}.
 */
public final class MediaWorker {
  private static final Logger log = LoggerFactory.getLogger(MediaWorker.class);

  private static final int MAX_COMMANDS_PER_TURN = 512;
  private static final long MAX_SLEEP_NANOS = 500_000_000;

  /** After this long in its queue the worker looks at its socket again, however much waits. */
  private static final long MAX_COMMANDS_NANOS = 5_000_000;

  private final int number;
  private final UdpPort port;
  private final WorkerSettings settings;
  private final WorkerClock clock;
  private final ViewerDirectory directory;
  private final CommandQueue commands;
  private final WorkerCounters counters = new WorkerCounters();
  private final LongAdder framesDroppedByQueue = new LongAdder();
  private final FrameDelays delays = new FrameDelays();
  private final Egress egress;
  private final Pacer pacer;
  private final Overload overload;
  private final Duties duties;
  private final Ingress ingress;
  private final PeerTable peers = new PeerTable();
  private final Map<Stream, WorkerStream> streams = new HashMap<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final Thread thread;
  private long nowNanos;
  private volatile boolean stopping;
  private volatile long lastTurnNanos;

  /**
   * @param port closed by the worker when it ends
   * @param directory shared by the workers of a server
   */
  public MediaWorker(
      int number,
      UdpPort port,
      SrtpEngine engine,
      WorkerSettings settings,
      WorkerClock clock,
      ViewerDirectory directory) {
    this.number = number;
    this.port = port;
    this.settings = settings;
    this.clock = clock;
    this.directory = directory;
    this.commands = new CommandQueue(settings.maxQueuedFrames(), port::wake);
    this.egress = new Egress(port, engine, counters, clock);
    this.ingress = new Ingress(this, peers, directory, counters);
    this.pacer = new Pacer(settings.burstBytesPerMilliInAll());
    this.nowNanos = clock.nanos();
    this.lastTurnNanos = nowNanos;
    this.overload = new Overload(nowNanos);
    this.duties = new Duties(viewers, counters, overload, nowNanos);
    this.thread = Thread.ofPlatform().name("media-worker-" + number).unstarted(this::run);
  }

  // ---- any thread

  public void start() {
    thread.start();
  }

  /** Has something done on the worker's thread. */
  void put(Runnable command) {
    commands.put(command);
  }

  /** Another worker received something for a viewer of this one; false if too much waits. */
  boolean handOver(Runnable reception) {
    return commands.putDatagram(reception);
  }

  /**
   * A packet came over a connection; it is judged on the worker's thread.
   *
   * @param packet belongs to the worker from now on
   * @return false if it is dropped because too much waits
   */
  public boolean received(PeerAddress from, byte[] packet) {
    return handOver(
        () -> ingress.received(packet, 0, packet.length, from.high(), from.low(), from.port()));
  }

  /**
   * Sends a datagram from the port to somebody who is no viewer.
   *
   * @param datagram belongs to the worker from now on
   */
  public void send(PeerAddress to, byte[] datagram) {
    put(() -> answer(to, datagram));
  }

  /** Ends the worker; its viewers should be closed before. Waits until it is done. */
  public void stop() throws InterruptedException {
    stopping = true;
    port.wake();
    thread.join();
  }

  /** {@link System#nanoTime()} of the loop's last turn; it turns at least twice a second. */
  public long lastTurnNanos() {
    return lastTurnNanos;
  }

  /** Whether another viewer would be too many for it now. */
  public boolean overloaded() {
    return overload.refuses(clock.nanos());
  }

  public WorkerStatistics statistics() {
    return new WorkerStatistics(
        number,
        (int) counters.get(Count.VIEWERS),
        (int) counters.get(Count.STREAMS),
        counters.get(Count.PACKETS),
        counters.get(Count.BYTES),
        counters.get(Count.RUNS),
        framesDroppedByQueue.sum(),
        counters.get(Count.FRAMES_DROPPED_BY_SOCKET),
        counters.get(Count.FRAMES_SHED),
        counters.get(Count.FRAMES_THINNED),
        counters.get(Count.RETRANSMITTED),
        counters.get(Count.NACKS),
        counters.get(Count.PLIS),
        counters.get(NoiseReason.STUN_UNAUTHENTICATED)
            + counters.get(NoiseReason.SRTCP_UNAUTHENTICATED),
        counters.get(Count.HANDED_OVER),
        counters.noise(),
        port.errors(),
        port.refusedSegmentations(),
        counters.get(Count.UTILISATION) / 1e6,
        delays.snapshot());
  }

  // ---- the loop

  private void run() {
    while (!stopping) {
      try {
        turn();
      } catch (RuntimeException | Error e) {
        log.error("worker {} goes on after a mistake of ours", number, e);
      }
    }
    finish();
  }

  /** One turn of the loop, from sleep to sleep. */
  void turn() {
    sleep();
    boolean wasBlocked = egress.blocked();
    if (wasBlocked) {
      egress.flush();
    }
    runCommands();
    if (wasBlocked && !egress.blocked()) {
      streams.values().forEach(stream -> stream.resumeSending(nowNanos));
    }
    pacer.tick(nowNanos);
    duties.tick(nowNanos);
    ingress.receive(port);
    egress.flush();
  }

  private void runCommands() {
    for (int i = 0; i < MAX_COMMANDS_PER_TURN && commands.runNext(); i++) {
      if (clock.nanos() - nowNanos > MAX_COMMANDS_NANOS) {
        return;
      }
    }
  }

  private void sleep() {
    long before = clock.nanos();
    long dueNanos =
        pacer.isIdle() ? duties.dueNanos() : Math.min(pacer.dueNanos(), duties.dueNanos());
    boolean idle = commands.maySleep() && !ingress.hasMore();
    port.await(idle ? Math.min(dueNanos - before, MAX_SLEEP_NANOS) : 0);
    commands.awake();
    nowNanos = clock.nanos();
    lastTurnNanos = nowNanos;
    duties.slept(nowNanos - before);
  }

  private void finish() {
    for (Viewer viewer : List.copyOf(viewers)) {
      viewer.guarded(ending -> ending.end(ViewerEnd.SERVER_STOPPING));
    }
    egress.flush();
    commands.close();
    try {
      port.close();
    } catch (IOException e) {
      log.warn("worker {}: socket could not be closed: {}", number, e.getMessage());
    }
  }

  // ---- for what came in, its viewers and streams

  Ingress ingress() {
    return ingress;
  }

  /** Takes a viewer that is nobody's yet. */
  boolean adopt(Viewer viewer) {
    if (!viewer.claim(this)) {
      return false;
    }
    viewers.add(viewer);
    counters.set(Count.VIEWERS, viewers.size());
    viewer.claimed(nowNanos);
    return true;
  }

  WorkerSettings settings() {
    return settings;
  }

  WorkerClock clock() {
    return clock;
  }

  WorkerCounters counters() {
    return counters;
  }

  Egress egress() {
    return egress;
  }

  Pacer pacer() {
    return pacer;
  }

  /** The time at which this turn began. */
  long nowNanos() {
    return nowNanos;
  }

  void send(PeerPath path, byte[] datagram) {
    egress.datagram(path, datagram, datagram.length);
  }

  /** Answers a check where it came from, whether or not that address is a viewer's now. */
  void answer(PeerAddress to, byte[] datagram) {
    send(path(to), datagram);
  }

  /** The stream's window here; subscribes to it if this is its first viewer. */
  WorkerStream stream(Stream stream) {
    WorkerStream known = streams.get(stream);
    if (known != null) {
      return known;
    }
    WorkerStream joined = new WorkerStream(this, stream, commands, framesDroppedByQueue);
    streams.put(stream, joined);
    counters.set(Count.STREAMS, streams.size());
    return joined;
  }

  /** A viewer's keys are ready. */
  void joined(Viewer viewer, ViewerMedia media) {
    WorkerStream stream = media.shown().asked();
    if (stream.add(viewer)) {
      viewer.startPictures(nowNanos);
    }
  }

  /** A viewer's media ended. */
  void left(Viewer viewer, ViewerMedia media) {
    pacer.remove(viewer);
    media.shown().leave();
    media.shown().asked().remove(viewer);
  }

  void close(WorkerStream stream) {
    stream.close();
    streams.remove(stream.stream());
    counters.set(Count.STREAMS, streams.size());
  }

  /** An address was proved: datagrams from there are that viewer's. */
  PeerPath learn(Viewer viewer, PeerAddress address) {
    peers.put(address, viewer);
    directory.add(address, viewer);
    return path(address);
  }

  private PeerPath path(PeerAddress address) {
    return switch (address.transport()) {
      case UDP -> port.path(address);
      case TCP -> directory.connection(address);
    };
  }

  void forget(Viewer viewer, List<PeerPath> paths) {
    for (PeerPath path : paths) {
      peers.remove(path.address(), viewer);
      directory.remove(path.address(), viewer);
      if (path instanceof ConnectionPath connection) {
        connection.close();
      }
    }
  }

  /** The viewer is over. */
  void remove(Viewer viewer) {
    viewers.remove(viewer);
    counters.set(Count.VIEWERS, viewers.size());
  }

  /** A live frame goes out: what was waiting is sent before, so that delays are the frame's. */
  void beginFrame(long receivedNanos) {
    egress.flush();
    egress.mark();
    long now = clock.nanos();
    double excess = overload.waited(now - receivedNanos, now);
    if (excess > 0) {
      shed(excess);
    }
  }

  /**
   * There is more to send than can be sent: this part of the viewers goes without pictures up to
   * their next keyframe. Those that are furthest behind are first, then those that came last.
   */
  private void shed(double part) {
    int served = 0;
    for (Viewer viewer : viewers) {
      served += viewer.behind() > 0 ? 1 : 0;
    }
    int left = (int) Math.ceil(served * part);
    left -= shed(left, 2);
    shed(left, 1);
  }

  /** Sheds so many of those that are at least so many pictures behind; returns how many. */
  private int shed(int count, int behind) {
    int shed = 0;
    for (int i = viewers.size() - 1; i >= 0 && shed < count; i--) {
      Viewer viewer = viewers.get(i);
      shed += viewer.behind() >= behind && viewer.shed() ? 1 : 0;
    }
    return shed;
  }

  void endFrame(FrameKind kind, long receivedNanos) {
    egress.flush();
    if (egress.flushedSinceMark()) {
      delays.record(
          kind, egress.firstFlushNanos() - receivedNanos, egress.lastFlushNanos() - receivedNanos);
    }
  }
}
