package io.roadcast.bench.fanout;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerPath;
import io.roadcast.sfu.udp.ReceiveBatch;
import io.roadcast.sfu.udp.SendBatch;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A real port whose worker finds the next frame in its queue whenever it has sent the one before,
 * so that it never sleeps and no other thread takes part; and to which checks can be put that seem
 * to have come from anywhere.
 */
final class FedPort implements UdpPort {
  /** A datagram and its sender. */
  @SuppressWarnings("ArrayRecordComponent")
  record Arrived(PeerAddress from, byte[] bytes) {}

  private final UdpPort real;
  private final Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Runnable feed;

  FedPort(UdpPort real) {
    this.real = real;
  }

  /** Seems to come in next. Any thread. */
  void arrive(PeerAddress from, byte[] datagram) {
    arrived.add(new Arrived(from, datagram));
    real.wake();
  }

  /** What the worker's thread does before each turn, null: nothing. Any thread. */
  void feedBy(@Nullable Runnable newFeed) {
    feed = newFeed;
    real.wake();
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public InetSocketAddress localAddress() {
    return real.localAddress();
  }

  @Override
  public int maxRunBytes() {
    return real.maxRunBytes();
  }

  @Override
  public PeerPath path(PeerAddress address) {
    return real.path(address);
  }

  @Override
  public void await(long nanos) {
    Runnable current = feed;
    if (current == null) {
      real.await(nanos);
    } else {
      current.run();
      real.await(0);
    }
  }

  @Override
  public void wake() {
    if (feed == null) {
      real.wake();
    }
  }

  @Override
  public void receive(ReceiveBatch batch) {
    if (arrived.isEmpty()) {
      real.receive(batch);
      return;
    }
    while (!batch.isFull() && !arrived.isEmpty()) {
      Arrived next = arrived.remove();
      System.arraycopy(
          next.bytes, 0, batch.bytes(), batch.offset(batch.count()), next.bytes.length);
      batch.add(next.bytes.length, next.from.high(), next.from.low(), next.from.port());
    }
  }

  @Override
  public void send(SendBatch batch) {
    real.send(batch);
  }

  @Override
  public long errors() {
    return real.errors();
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
