package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the native port itself makes per packet, in both directions. */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = {"NATIVE", "NATIVE_WITHOUT_SEGMENTATION"})
class NativePortAllocationTest {
  private static final int ROUNDS = 2_000;
  private static final int MAX_TRIALS = 30;
  private static final int RUNS = 8;
  private static final int PACKETS = 5;
  private static final int STRIDE = 200;

  private final PortKind kind;
  private final ReceiveBatch received = new ReceiveBatch(64);
  private long receivedPackets;

  NativePortAllocationTest(PortKind kind) {
    this.kind = kind;
  }

  @Test
  void nothingIsMadePerPacketSentOrReceived() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Arena arena = Arena.ofConfined();
        UdpPort port = kind.bind(any, PortSharing.ALONE)) {
      SendBatch outside = new SendBatch(arena.allocate(64 * 1024), 64);
      SendBatch heap = new SendBatch(MemorySegment.ofArray(new byte[64 * 1024]), 64);
      PeerPath self = port.path(PeerAddress.of(port.localAddress()));
      for (SendBatch batch : new SendBatch[] {outside, heap}) {
        double bytesPerPacket = Double.MAX_VALUE;
        // The JVM makes something while it learns, and how long that takes is its affair.
        for (int i = 0; i < MAX_TRIALS && bytesPerPacket > 0.1; i++) {
          receivedPackets = 0;
          long bytes = rounds(port, batch, self);
          assertThat(receivedPackets).isGreaterThan(ROUNDS * RUNS * PACKETS / 2);
          bytesPerPacket = bytes / (double) receivedPackets;
        }
        assertThat(bytesPerPacket).isLessThan(0.1);
      }
      assertThat(port.errors()).isZero();
    }
  }

  /** Sends to itself and takes in what arrived; returns what this thread allocated. */
  private long rounds(UdpPort port, SendBatch batch, PeerPath self) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      for (int run = 0; run < RUNS; run++) {
        batch.add(self, PACKETS * STRIDE, STRIDE);
      }
      port.wake();
      port.send(batch);
      do {
        received.clear();
        port.await(0);
        port.receive(received);
        receivedPackets += received.count();
      } while (received.isFull());
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
