package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits for a socket and for other threads: epoll(7) on the socket and on an eventfd(2). */
final class Readiness {
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_MOD = 3;
  private static final int EPOLLIN = 1;
  private static final int EPOLLOUT = 4;
  private static final int EPOLLET = 1 << 31;
  private static final int EVENTS = 2;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int CLOSED = Integer.MIN_VALUE / 2;

  private final Syscalls calls;
  private final int socket;
  private final int epoll;
  private final int counter;
  private final MemorySegment interest;
  private final MemorySegment events;
  private final int eventBytes;
  private final int dataOffset;
  private boolean readable;
  private boolean expectingWrite;

  /** Threads that are about to signal; far below zero when closed. */
  private final AtomicInteger signalling = new AtomicInteger();

  Readiness(Syscalls calls, Arena arena, int socket, Architecture architecture) throws IOException {
    this.calls = calls;
    this.socket = socket;
    eventBytes = architecture.epollEventBytes();
    dataOffset = architecture.epollDataOffset();
    interest = arena.allocate(eventBytes, 8);
    events = arena.allocate((long) EVENTS * eventBytes, 8);
    epoll = calls.epoll();
    if (epoll < 0) {
      throw Errno.failure("epoll_create1", -epoll);
    }
    counter = calls.counter();
    int added = counter < 0 ? counter : watch(EPOLL_CTL_ADD, counter, EPOLLIN | EPOLLET);
    added = added < 0 ? added : watch(EPOLL_CTL_ADD, socket, EPOLLIN);
    if (added < 0) {
      close();
      throw Errno.failure("epoll_ctl", -added);
    }
  }

  /** Sleeps until one of the two is ready; an error ends the sleep. */
  void await(long nanos) {
    int millis =
        nanos <= 0
            ? 0
            : (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    int ready = calls.await(epoll, events, EVENTS, millis);
    readable = false;
    for (int i = 0; i < ready; i++) {
      boolean ofSocket = events.get(JAVA_INT, (long) i * eventBytes + dataOffset) == socket;
      // An error of the socket (EPOLLERR) is fetched by receiving too.
      readable |= ofSocket && events.get(JAVA_INT, (long) i * eventBytes) != EPOLLOUT;
    }
  }

  /** Whether the last {@link #await} found something to receive. */
  boolean readable() {
    return readable;
  }

  /** Ends the current or next {@link #await}. Any thread, also after {@link #close}. */
  void signal() {
    if (signalling.incrementAndGet() > 0) {
      // Edge-triggered: the counter is never read, each addition is an event.
      calls.signal(counter);
    }
    signalling.decrementAndGet();
  }

  /** From now on a socket that can be written ends the sleep. */
  void expectWrite() {
    if (!expectingWrite) {
      expectingWrite = true;
      watch(EPOLL_CTL_MOD, socket, EPOLLIN | EPOLLOUT);
    }
  }

  void expectNoWrite() {
    if (expectingWrite) {
      expectingWrite = false;
      watch(EPOLL_CTL_MOD, socket, EPOLLIN);
    }
  }

  /** Closes what was made here, when nobody signals: the numbers may be another file's then. */
  void close() {
    signalling.addAndGet(CLOSED);
    while (signalling.get() != CLOSED) {
      Thread.onSpinWait();
    }
    calls.close(epoll);
    if (counter >= 0) {
      calls.close(counter);
    }
  }

  private int watch(int operation, int descriptor, int what) {
    interest.set(JAVA_INT, 0, what);
    interest.set(JAVA_INT, dataOffset, descriptor);
    return calls.control(epoll, operation, descriptor, interest);
  }
}
