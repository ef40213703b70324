package io.roadcast.sfu.udp;

import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A socket in memory for a worker with a thread: what it sends is handed over at once. */
final class MemoryPort extends TestPort {
  private final BiConsumer<PeerAddress, byte[]> receiver;
  private final Semaphore wakes = new Semaphore(0);

  MemoryPort(BiConsumer<PeerAddress, byte[]> receiver) {
    this.receiver = receiver;
  }

  @Override
  public void await(long nanos) {
    try {
      if (wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wake() {
    wakes.release();
  }

  @Override
  public void send(SendBatch batch) {
    while (!batch.isEmpty()) {
      int run = batch.firstUnsent();
      int end = batch.offset(run) + batch.length(run);
      for (int at = batch.offset(run); at < end; at += batch.stride(run)) {
        int length = Math.min(batch.stride(run), end - at);
        byte[] packet = batch.slab().asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        receiver.accept(batch.path(run).address(), packet);
      }
      batch.sentRun();
    }
  }
}
