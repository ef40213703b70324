package io.roadcast.sfu.udp;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.udp.WorkerCounters.Count;
import io.roadcast.sfu.webrtc.IceCheck;
import io.roadcast.sfu.webrtc.IceLite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int RECEIVE_CAPACITY = 64;
  private static final long MAX_SLEEP_NANOS = 500_000_000;

  private final int number;
  private final UdpPort port;
  private final WorkerSettings settings;
  private final WorkerClock clock;
  private final ViewerDirectory directory;
  private final CommandQueue commands;
  private final WorkerCounters counters = new WorkerCounters();
  private final LongAdder framesDroppedByQueue = new LongAdder();
  private final DelayHistogram firstPacketDelay = new DelayHistogram();
  private final DelayHistogram lastPacketDelay = new DelayHistogram();
  private final Egress egress;
  private final Pacer pacer;
  private final Duties duties;
  private final IceLite ice = new IceLite();
  private final ReceiveBatch received = new ReceiveBatch(RECEIVE_CAPACITY);
  private final PeerTable peers = new PeerTable();
  private final Map<Stream, WorkerStream> streams = new HashMap<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final Thread thread;
  private long nowNanos;
  private volatile boolean stopping;

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
    this.pacer = new Pacer(settings.burstBytesPerMilliInAll());
    this.nowNanos = clock.nanos();
    this.duties = new Duties(viewers, counters, nowNanos);
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

  /** Ends the worker; its viewers should be closed before. Waits until it is done. */
  public void stop() throws InterruptedException {
    stopping = true;
    port.wake();
    thread.join();
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
        counters.get(Count.RETRANSMITTED),
        counters.get(Count.NACKS),
        counters.get(Count.PLIS),
        counters.get(NoiseReason.STUN_UNAUTHENTICATED)
            + counters.get(NoiseReason.SRTCP_UNAUTHENTICATED),
        counters.noise(),
        port.errors(),
        counters.get(Count.UTILISATION) / 1e6,
        firstPacketDelay.snapshot(),
        lastPacketDelay.snapshot());
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
    commands.run(MAX_COMMANDS_PER_TURN);
    if (wasBlocked && !egress.blocked()) {
      streams.values().forEach(stream -> stream.resumeSending(nowNanos));
    }
    pacer.tick(nowNanos);
    duties.tick(nowNanos);
    receive();
    egress.flush();
  }

  private void sleep() {
    long before = clock.nanos();
    long dueNanos =
        pacer.isIdle() ? duties.dueNanos() : Math.min(pacer.dueNanos(), duties.dueNanos());
    boolean idle = commands.maySleep() && !received.isFull();
    port.await(idle ? Math.min(dueNanos - before, MAX_SLEEP_NANOS) : 0);
    commands.awake();
    nowNanos = clock.nanos();
    duties.slept(nowNanos - before);
  }

  private void receive() {
    received.clear();
    port.receive(received);
    for (int i = 0; i < received.count(); i++) {
      received(
          received.bytes(),
          received.offset(i),
          received.length(i),
          received.high(i),
          received.low(i),
          received.port(i));
    }
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

  // ---- what came in

  /** Tells a datagram's kind by its first byte (RFC 7983). */
  void received(byte[] bytes, int offset, int length, long high, long low, int peerPort) {
    int first = length == 0 ? -1 : bytes[offset] & 0xff;
    if (first >= 0 && first <= 3) {
      receivedStun(bytes, offset, length, new PeerAddress(high, low, peerPort));
      return;
    }
    if (first < 20 || (first > 63 && first < 128) || first > 191) {
      counters.noise(NoiseReason.NOT_OURS);
      return;
    }
    Viewer viewer = peers.get(high, low, peerPort);
    if (viewer == null) {
      passOn(bytes, offset, length, new PeerAddress(high, low, peerPort));
    } else if (first <= 63) {
      byte[] datagram = Arrays.copyOfRange(bytes, offset, offset + length);
      viewer.guarded(to -> to.receivedDtls(datagram));
    } else {
      receivedSrtp(viewer, bytes, offset, length);
    }
  }

  private void receivedStun(byte[] bytes, int offset, int length, PeerAddress from) {
    String ufrag = IceLite.ufragOf(bytes, offset, length);
    Viewer viewer = ufrag == null ? null : directory.byUfrag(ufrag);
    if (viewer == null) {
      counters.noise(NoiseReason.STUN_UNKNOWN);
      return;
    }
    MediaWorker owner = viewer.worker();
    if (owner != null && owner != this) {
      handOver(owner, bytes, offset, length, from);
      return;
    }
    IceCheck check = ice.check(bytes, offset, length, from.toSocketAddress(), viewer.plan().ice());
    if (check.successful()) {
      if (owner == null && !adopt(viewer)) {
        return; // another worker was faster, or it is over: the peer will check again
      }
      viewer.guarded(
          checked ->
              checked.checked(
                  from,
                  check.nominated() ? Viewer.CheckKind.NOMINATED : Viewer.CheckKind.VALID,
                  nowNanos));
    } else if (check.verdict() == IceCheck.Verdict.WRONG_CREDENTIALS) {
      counters.noise(NoiseReason.STUN_UNAUTHENTICATED);
    }
    if (check.answer().length > 0) {
      send(port.path(from), check.answer());
    }
  }

  private void receivedSrtp(Viewer viewer, byte[] bytes, int offset, int length) {
    // RFC 5761 section 4: what would be payload types 64 to 95 with the marker is RTCP.
    int type = length < 2 ? 0 : bytes[offset + 1] & 0x7f;
    if (type < 64 || type > 95) {
      counters.noise(NoiseReason.MEDIA_FROM_VIEWER);
      return;
    }
    viewer.guarded(
        from -> {
          NoiseReason reason = from.receivedRtcp(bytes, offset, length, nowNanos);
          if (reason != null) {
            counters.noise(reason);
          }
        });
  }

  /** From an address that proved nothing here: another worker's viewer, or noise. */
  private void passOn(byte[] bytes, int offset, int length, PeerAddress from) {
    Viewer viewer = directory.byAddress(from);
    MediaWorker owner = viewer == null ? null : viewer.worker();
    if (owner == null || owner == this) {
      counters.noise(NoiseReason.UNKNOWN_ADDRESS);
    } else {
      handOver(owner, bytes, offset, length, from);
    }
  }

  private static void handOver(
      MediaWorker owner, byte[] bytes, int offset, int length, PeerAddress from) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    owner.put(() -> owner.received(copy, 0, copy.length, from.high(), from.low(), from.port()));
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

  // ---- for its viewers and streams

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
    WorkerStream stream = media.stream();
    if (stream.add(viewer)) {
      viewer.startPictures(nowNanos);
    }
  }

  /** A viewer's media ended. */
  void left(Viewer viewer, ViewerMedia media) {
    pacer.remove(viewer);
    media.stream().remove(viewer);
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
    return port.path(address);
  }

  void forget(Viewer viewer, List<PeerPath> paths) {
    for (PeerPath path : paths) {
      peers.remove(path.address(), viewer);
      directory.remove(path.address(), viewer);
    }
  }

  /** The viewer is over. */
  void remove(Viewer viewer) {
    viewers.remove(viewer);
    counters.set(Count.VIEWERS, viewers.size());
  }

  /** A live frame goes out: what was waiting is sent before, so that delays are the frame's. */
  void beginFrame() {
    egress.flush();
    egress.mark();
  }

  void endFrame(long receivedNanos) {
    egress.flush();
    if (egress.flushedSinceMark()) {
      firstPacketDelay.record(egress.firstFlushNanos() - receivedNanos);
      lastPacketDelay.record(egress.lastFlushNanos() - receivedNanos);
    }
  }
}
