package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket in memory: a test sees what is sent, puts what comes in, and says how much is taken. */
final class FakePort extends TestPort {
  record Datagram(PeerAddress address, byte[] bytes) {}

  final List<Datagram> sent = new ArrayList<>();
  final Deque<Datagram> incoming = new ArrayDeque<>();
  int wakes;
  int runs;
  int longestRun;
  long packets;

  /** Packets that the socket still takes. */
  int capacity = Integer.MAX_VALUE;

  private @Nullable FakeClock clock;
  private long nanosPerPacket;
  private long nextSleepNanos;

  /** From now on sending takes time, and so does sleep: up to a millisecond at once. */
  void takesTime(FakeClock movedClock, long nanosPerSentPacket) {
    clock = movedClock;
    nanosPerPacket = nanosPerSentPacket;
  }

  /** The next sleep takes so long. */
  void sleepsNext(FakeClock movedClock, Duration time) {
    clock = movedClock;
    nextSleepNanos = time.toNanos();
  }

  @Override
  public void await(long nanos) {
    if (clock == null) {
      return;
    }
    if (nextSleepNanos > 0) {
      clock.pass(Duration.ofNanos(nextSleepNanos));
      nextSleepNanos = 0;
    } else if (nanos > 0 && nanosPerPacket > 0) {
      clock.pass(Duration.ofNanos(Math.min(nanos, 1_000_000)));
    }
  }

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
      this.packets += taken;
      if (clock != null) {
        clock.pass(Duration.ofNanos(taken * nanosPerPacket));
      }
      if (taken < packets) {
        batch.sentPart(taken);
        return;
      }
      runs++;
      longestRun = Math.max(longestRun, packets);
      batch.sentRun();
    }
  }

  static MemorySegment slab(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }
}
