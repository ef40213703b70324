package io.roadcast.sfu.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * What waits to be written to one connection: workers put runs, the event loop writes them. Bounded
 * in bytes. What the system holds for a connection comes on top of that, see {@link TcpPort}.
 */
final class OutgoingFrames {
  /** RFC 4571: each packet is preceded by its length. */
  static final int LENGTH_BYTES = 2;

  /** With this much waiting no run of media is taken: a second at 500 kbit/s. */
  static final int FULL_BYTES = 64 * 1024;

  /** Handshakes and reports are small and may still come; beyond this they are lost too. */
  private static final int LIMIT_BYTES = 2 * FULL_BYTES;

  private static final int READY_BYTES = FULL_BYTES / 2;

  private final Channel channel;
  private final Runnable ready;
  private final MpscUnboundedArrayQueue<ByteBuf> runs = new MpscUnboundedArrayQueue<>(64);
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicBoolean refused = new AtomicBoolean();

  /**
   * @param ready run on the event loop when there is room again after there was none
   */
  OutgoingFrames(Channel channel, Runnable ready) {
    this.channel = channel;
    this.ready = ready;
  }

  /** Any thread. */
  boolean isReady() {
    if (waitingBytes.get() < FULL_BYTES) {
      return true;
    }
    refused.set(true);
    return waitingBytes.get() < FULL_BYTES; // it may have become so before anybody could be told
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
    runs.add(run);
    if (writing.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::write);
    }
    return true;
  }

  private void write() {
    writing.set(false);
    for (ByteBuf run = runs.poll(); run != null; run = runs.poll()) {
      int bytes = run.readableBytes();
      channel.write(run).addListener(done -> written(bytes));
    }
    channel.flush();
  }

  private void written(int bytes) {
    if (waitingBytes.addAndGet(-bytes) <= READY_BYTES && refused.compareAndSet(true, false)) {
      ready.run();
    }
  }
}
