package io.roadcast.sfu.udp;

import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A socket in memory for a worker with a thread: what it sends is handed over at once. */
final class MemoryPort implements UdpPort {
  private record Path(PeerAddress address) implements PeerPath {}

  private final BiConsumer<PeerAddress, byte[]> receiver;
  private final Semaphore wakes = new Semaphore(0);

  MemoryPort(BiConsumer<PeerAddress, byte[]> receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(10_000);
  }

  @Override
  public int maxRunBytes() {
    return 65_507;
  }

  @Override
  public PeerPath path(PeerAddress address) {
    return new Path(address);
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
  public void receive(ReceiveBatch batch) {}

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

  @Override
  public long errors() {
    return 0;
  }

  @Override
  public void close() {}
}
