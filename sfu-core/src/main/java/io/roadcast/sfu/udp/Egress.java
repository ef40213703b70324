package io.roadcast.sfu.udp;

import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.udp.WorkerCounters.Count;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The last station before the socket: the worker's slab, its encryption and its port. Writers ask
 * for room, write their packets at {@link #position()} and add the run.
 */
final class Egress {
  private static final int SLAB_BYTES = 256 * 1024;
  private static final int MAX_RUNS = 64;

  /** The first runs of a frame do not wait until those of dozens of viewers are encrypted. */
  private static final int FIRST_RUNS = 8;

  private static final long NOT_YET = Long.MIN_VALUE;

  private final UdpPort port;
  private final SrtpEngine engine;
  private final WorkerCounters counters;
  private final WorkerClock clock;
  private final SendBatch batch;
  private final int maxRunBytes;
  private long firstFlushNanos = NOT_YET;
  private long lastFlushNanos;

  Egress(UdpPort port, SrtpEngine engine, WorkerCounters counters, WorkerClock clock) {
    this.port = port;
    this.engine = engine;
    this.counters = counters;
    this.clock = clock;
    this.batch = new SendBatch(slab(engine), MAX_RUNS);
    this.maxRunBytes = Math.min(port.maxRunBytes(), SLAB_BYTES);
  }

  private static MemorySegment slab(SrtpEngine engine) {
    return switch (engine.preferredMemory()) {
      case HEAP -> MemorySegment.ofArray(new byte[SLAB_BYTES]);
      case NATIVE -> Arena.ofAuto().allocate(SLAB_BYTES, 64);
    };
  }

  SrtpEngine engine() {
    return engine;
  }

  MemorySegment slab() {
    return batch.slab();
  }

  int maxRunBytes() {
    return maxRunBytes;
  }

  /** The time now, not that of the worker's turn. */
  long nanos() {
    return clock.nanos();
  }

  /** Makes room for a run, sending what waits if need be; false if the socket takes no more now. */
  boolean room(int bytes) {
    boolean firstOfFrame = firstFlushNanos == NOT_YET && batch.runs() == FIRST_RUNS;
    if (batch.hasRoom(bytes) && !firstOfFrame) {
      return true;
    }
    flush();
    return batch.hasRoom(bytes);
  }

  /** Where the next run is to be written, after {@link #room} said yes. */
  int position() {
    return batch.position();
  }

  /** The run at {@link #position()} is complete and encrypted. */
  void add(PeerPath path, int length, int stride, int packets) {
    if (path instanceof ConnectionPath connection) {
      connection.send(batch.slab(), batch.position(), length, stride);
    } else {
      batch.add(path, length, stride);
    }
    counters.add(Count.PACKETS, packets);
    counters.add(Count.BYTES, length);
    counters.add(Count.RUNS, 1);
  }

  /** One datagram that is complete; false if the socket is full, then it is dropped. */
  boolean datagram(PeerPath path, byte[] bytes, int length) {
    if (path instanceof ConnectionPath connection) {
      return connection.send(MemorySegment.ofArray(bytes), 0, length, length);
    }
    boolean room = room(length);
    if (room) {
      MemorySegment.copy(bytes, 0, slab(), ValueLayout.JAVA_BYTE, position(), length);
      batch.add(path, length, length);
    }
    return room;
  }

  /** A protected RTCP packet; dropped if the socket is full. */
  void report(PeerPath path, byte[] bytes, int length) {
    if (datagram(path, bytes, length)) {
      counters.add(Count.PACKETS, 1);
      counters.add(Count.BYTES, length);
    }
  }

  /** Sends what waits. */
  void flush() {
    if (batch.isEmpty()) {
      return;
    }
    port.send(batch);
    lastFlushNanos = clock.nanos();
    if (firstFlushNanos == NOT_YET) {
      firstFlushNanos = lastFlushNanos;
    }
  }

  /** Whether something waits that the socket did not take. */
  boolean blocked() {
    return !batch.isEmpty();
  }

  /** From now on {@link #firstFlushNanos()} is when something was sent first. */
  void mark() {
    firstFlushNanos = NOT_YET;
  }

  /** When something was sent first since the mark, if it was. */
  long firstFlushNanos() {
    return firstFlushNanos;
  }

  long lastFlushNanos() {
    return lastFlushNanos;
  }

  boolean flushedSinceMark() {
    return firstFlushNanos != NOT_YET;
  }
}
