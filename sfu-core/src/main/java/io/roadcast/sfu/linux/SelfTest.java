package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.ReceiveBatch;
import io.roadcast.sfu.udp.SendBatch;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Sends a run from a port to itself and looks whether it arrives as its packets. */
final class SelfTest {
  private static final int PACKETS = 3;
  private static final int STRIDE = 100;
  private static final int LENGTH = 2 * STRIDE + 50;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private SelfTest() {}

  /**
   * @throws IOException if it does not, or the system refuses a call
   */
  static void run(LinuxUdpPorts ports) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    try (UdpPort port = ports.bind(loopback, BUFFER_BYTES, PortSharing.ALONE)) {
      byte[] slab = new byte[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        slab[i] = (byte) (i / STRIDE + 1);
      }
      PeerAddress self = PeerAddress.of(port.localAddress());
      SendBatch batch = new SendBatch(MemorySegment.ofArray(slab), 1);
      batch.add(port.path(self), LENGTH, STRIDE);
      port.send(batch);
      check(port, receive(port), self);
    }
  }

  private static ReceiveBatch receive(UdpPort port) {
    ReceiveBatch batch = new ReceiveBatch(PACKETS + 1);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (batch.count() < PACKETS && System.nanoTime() - end < 0) {
      port.await(PATIENCE_NANOS);
      port.receive(batch);
    }
    return batch;
  }

  private static void check(UdpPort port, ReceiveBatch batch, PeerAddress self) throws IOException {
    boolean right = batch.count() == PACKETS && port.errors() == 0;
    for (int i = 0; right && i < PACKETS; i++) {
      int length = i == PACKETS - 1 ? LENGTH % STRIDE : STRIDE;
      right =
          batch.length(i) == length
              && batch.bytes()[batch.offset(i) + length - 1] == i + 1
              && batch.address(i).equals(self);
    }
    if (!right) {
      throw new IOException("a run sent over the loopback interface did not arrive as it should");
    }
  }
}
