package io.roadcast.sfu.webrtc;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * Our end of one viewer's DTLS association. The first ClientHello starts a virtual thread that is
 * gone when the handshake is over; later records (a flight sent again, close_notify) are read by a
 * short task each. Feed it only from an address that passed an ICE check: then no cookie is needed.
 */
public final class DtlsEndpoint implements DtlsAssociation {
  private static final int MAX_WAITING_DATAGRAMS = 32;
  private static final int RECORD_HEADER_BYTES = 13;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int CLIENT_HELLO = 1;

  /** What a peer needs to check our flight and make its own, about. */
  private static final long PEERS_WORK_NANOS = 10_000_000;

  private static final int HELD_PART_OF_ROUND_TRIP = 4;
  private static final long MAX_HOLD_NANOS = 50_000_000;

  private enum State {
    IDLE,
    HANDSHAKING,
    ESTABLISHED,
    CLOSED
  }

  private final DtlsServer server;
  private final DtlsPeer side;
  private final DtlsListener listener;
  private final DatagramQueue datagrams;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicBoolean reading = new AtomicBoolean();
  private final ReentrantLock transportLock = new ReentrantLock();
  private volatile @Nullable Thread handshake;
  private volatile @Nullable DTLSTransport transport;

  DtlsEndpoint(DtlsServer server, DtlsPeer side, Consumer<byte[]> output, DtlsListener listener) {
    this.server = server;
    this.side = side;
    this.listener = listener;
    this.datagrams = new DatagramQueue(MAX_WAITING_DATAGRAMS, output);
  }

  /**
   * Takes a datagram whose first byte says DTLS (20 to 63, RFC 7983). Any thread; does not block.
   * When 32 wait already it is dropped, and the peer will repeat it.
   *
   * @param datagram belongs to the endpoint from now on
   */
  @Override
  public void receive(byte[] datagram) {
    switch (state.get()) {
      case IDLE -> {
        if (isClientHello(datagram) && server.tryBegin()) {
          begin(datagram);
        }
      }
      case HANDSHAKING -> datagrams.offer(datagram);
      case ESTABLISHED -> {
        datagrams.offer(datagram);
        readSoon();
      }
      case CLOSED -> {
        // nobody is left to read it
      }
    }
  }

  /**
   * Ends the association: a running handshake is given up, an established one is closed by
   * close_notify.
   */
  @Override
  public void close() {
    switch (state.getAndSet(State.CLOSED)) {
      case HANDSHAKING -> {
        Thread running = handshake;
        if (running != null) {
          running.interrupt();
        }
      }
      case ESTABLISHED -> Thread.startVirtualThread(this::sayGoodbye);
      case IDLE, CLOSED -> {
        // nothing to end
      }
    }
  }

  private static boolean isClientHello(byte[] datagram) {
    return datagram.length > RECORD_HEADER_BYTES
        && datagram[0] == HANDSHAKE_RECORD
        && datagram[RECORD_HEADER_BYTES] == CLIENT_HELLO;
  }

  private void begin(byte[] clientHello) {
    datagrams.offer(clientHello);
    if (!state.compareAndSet(State.IDLE, State.HANDSHAKING)) {
      server.ended();
      return;
    }
    Thread thread = Thread.ofVirtual().name("dtls-handshake").unstarted(this::shakeHands);
    handshake = thread;
    thread.start();
    if (state.get() == State.CLOSED) {
      thread.interrupt();
    }
  }

  private void shakeHands() {
    DTLSTransport accepted;
    try {
      accepted = new DTLSServerProtocol().accept(side, datagrams);
    } catch (IOException | RuntimeException e) {
      if (state.compareAndSet(State.HANDSHAKING, State.CLOSED)) {
        listener.failed(side.outcome().failure(e), String.valueOf(e.getMessage()));
      }
      return;
    } finally {
      handshake = null;
      server.ended();
    }
    letTheLastFlightArrive();
    transport = accepted;
    if (!state.compareAndSet(State.HANDSHAKING, State.ESTABLISHED)) {
      sayGoodbye();
      return;
    }
    listener.established(Objects.requireNonNull(side.outcome().keys()));
    if (!datagrams.isEmpty()) {
      readSoon();
    }
  }

  /**
   * The peer can open no media before it has our last flight, and throws away what overtakes it: a
   * keyframe, which it can not even ask for again packet by packet. So on paths that are long
   * enough to reorder or lose something the flight is said twice and media begin a little later.
   */
  private void letTheLastFlightArrive() {
    long path = datagrams.roundTripNanos();
    long hold = path == Long.MAX_VALUE ? 0 : (path - PEERS_WORK_NANOS) / HELD_PART_OF_ROUND_TRIP;
    if (hold > 0) {
      long half = Math.min(hold, MAX_HOLD_NANOS) / 2;
      LockSupport.parkNanos(half);
      datagrams.repeatFlight();
      LockSupport.parkNanos(half);
    }
  }

  private void readSoon() {
    if (reading.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::readWaiting);
    }
  }

  private void readWaiting() {
    byte[] buffer = new byte[DatagramQueue.RECEIVE_LIMIT];
    DTLSTransport open = Objects.requireNonNull(transport);
    boolean ended = false;
    transportLock.lock();
    try {
      while (!ended && !datagrams.isEmpty()) {
        open.receive(buffer, 0, buffer.length, 1);
        ended = side.outcome().closed();
      }
    } catch (IOException e) {
      ended = true; // a fatal alert, or a record that broke the association
    } finally {
      transportLock.unlock();
      reading.set(false);
    }
    if (ended) {
      if (state.compareAndSet(State.ESTABLISHED, State.CLOSED)) {
        listener.closedByPeer();
      }
    } else if (!datagrams.isEmpty()) {
      readSoon();
    }
  }

  private void sayGoodbye() {
    transportLock.lock();
    try {
      Objects.requireNonNull(transport).close();
    } catch (IOException e) {
      // the peer will notice that media ended
    } finally {
      transportLock.unlock();
    }
  }
}
