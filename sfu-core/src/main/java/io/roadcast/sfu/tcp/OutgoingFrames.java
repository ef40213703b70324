package io.roadcast.sfu.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * What waits to be written to one connection: workers put runs, the event loop writes them. Bounded
 * in bytes and in time: on a slow connection few bytes are old pictures already. What the system
 * holds for a connection comes on top of that, see {@link TcpPort}.
 */
final class OutgoingFrames {
  /** RFC 4571: each packet is preceded by its length. */
  static final int LENGTH_BYTES = 2;

  /** With this much waiting no run of media is taken: a second at 500 kbit/s. */
  static final int FULL_BYTES = 64 * 1024;

  /** Handshakes and reports are small and may still come; beyond this they are lost too. */
  private static final int LIMIT_BYTES = 2 * FULL_BYTES;

  private static final int READY_BYTES = FULL_BYTES / 2;

  /** While something has waited for longer no run of media is taken. */
  static final long FULL_NANOS = 400_000_000;

  private static final long READY_NANOS = FULL_NANOS / 2;
  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  /** A run and when it was put. */
  private record Run(ByteBuf bytes, long nanos) {}

  private final Channel channel;
  private final Runnable ready;
  private final LongSupplier clock;
  private final MpscUnboundedArrayQueue<Run> runs = new MpscUnboundedArrayQueue<>(64);

  /** When the runs were put that are being written; the event loop's. */
  private final Deque<Long> writingSince = new ArrayDeque<>();

  private volatile long oldestNanos = NOTHING_WAITS;
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicBoolean refused = new AtomicBoolean();

  /**
   * @param ready run on the event loop when there is room again after there was none
   * @param clock {@link System#nanoTime}
   */
  OutgoingFrames(Channel channel, Runnable ready, LongSupplier clock) {
    this.channel = channel;
    this.ready = ready;
    this.clock = clock;
  }

  /** Any thread. */
  boolean isReady() {
    if (hasRoom()) {
      return true;
    }
    refused.set(true);
    return hasRoom(); // it may have become so before anybody could be told
  }

  private boolean hasRoom() {
    return waitingBytes.get() < FULL_BYTES && ageNanos() < FULL_NANOS;
  }

  /** For how long the oldest run has waited. */
  private long ageNanos() {
    long since = oldestNanos;
    return since == NOTHING_WAITS ? 0 : clock.getAsLong() - since;
  }

  /** Any thread: copies a run; false if there is no room. */
  boolean add(MemorySegment from, long offset, int length, int stride) {
    if (waitingBytes.get() > LIMIT_BYTES) {
      return false;
    }
    if (!channel.isActive()) {
      return true;
    }
    int packets = (length + stride - 1) / stride;
    int bytes = length + packets * LENGTH_BYTES;
    ByteBuf run = channel.alloc().directBuffer(bytes);
    ByteBuffer source = from.asSlice(offset, length).asByteBuffer();
    for (int at = 0; at < length; at += stride) {
      int end = Math.min(at + stride, length);
      run.writeShort(end - at);
      run.writeBytes(source.limit(end).position(at));
    }
    waitingBytes.addAndGet(bytes);
    runs.add(new Run(run, clock.getAsLong()));
    if (writing.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::write);
    }
    return true;
  }

  private void write() {
    writing.set(false);
    for (Run run = runs.poll(); run != null; run = runs.poll()) {
      int bytes = run.bytes.readableBytes();
      writingSince.add(run.nanos);
      channel.write(run.bytes).addListener(done -> written(bytes));
    }
    noteOldest();
    channel.flush();
  }

  /** Runs are written in their order. */
  private void written(int bytes) {
    writingSince.poll();
    noteOldest();
    boolean room = waitingBytes.addAndGet(-bytes) <= READY_BYTES && ageNanos() <= READY_NANOS;
    if (room && refused.compareAndSet(true, false)) {
      ready.run();
    }
  }

  private void noteOldest() {
    Long oldest = writingSince.peek();
    oldestNanos = oldest == null ? NOTHING_WAITS : oldest;
  }
}
