package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A socket in memory: a test sees what is sent, puts what comes in, and says how much is taken. */
final class FakePort implements UdpPort {
  record Datagram(PeerAddress address, byte[] bytes) {}

  private record Path(PeerAddress address) implements PeerPath {}

  final List<Datagram> sent = new ArrayList<>();
  final Deque<Datagram> incoming = new ArrayDeque<>();
  int wakes;
  int runs;
  int longestRun;

  /** Packets that the socket still takes. */
  int capacity = Integer.MAX_VALUE;

  @Override
  public String name() {
    return "fake";
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
  public void await(long nanos) {}

  @Override
  public void wake() {
    wakes++;
  }

  @Override
  public void receive(ReceiveBatch batch) {
    while (!batch.isFull() && !incoming.isEmpty()) {
      Datagram next = incoming.remove();
      int length = Math.min(next.bytes.length, ReceiveBatch.SLOT_BYTES);
      System.arraycopy(next.bytes, 0, batch.bytes(), batch.offset(batch.count()), length);
      batch.add(length, next.address.high(), next.address.low(), next.address.port());
    }
  }

  @Override
  public void send(SendBatch batch) {
    while (!batch.isEmpty()) {
      int run = batch.firstUnsent();
      int packets = batch.packets(run);
      int taken = Math.min(packets, capacity);
      for (int i = 0; i < taken; i++) {
        int offset = batch.offset(run) + i * batch.stride(run);
        int length = Math.min(batch.stride(run), batch.offset(run) + batch.length(run) - offset);
        byte[] bytes = batch.slab().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        sent.add(new Datagram(batch.path(run).address(), bytes));
      }
      capacity -= taken;
      if (taken < packets) {
        batch.sentPart(taken);
        return;
      }
      runs++;
      longestRun = Math.max(longestRun, packets);
      batch.sentRun();
    }
  }

  @Override
  public long errors() {
    return 0;
  }

  @Override
  public void close() {}

  static MemorySegment slab(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }
}
