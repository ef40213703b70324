package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NioUdpPortTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void aRunArrivesAsItsPackets() throws Exception {
    try (NioUdpPort port = bind(ANY_PORT, NioUdpPort.Sharing.ALONE);
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      byte[] slab = new byte[1000];
      for (int i = 0; i < slab.length; i++) {
        slab[i] = (byte) (i / 100);
      }
      SendBatch batch = new SendBatch(MemorySegment.ofArray(slab), 4);
      batch.add(port.path(PeerAddress.of(address(peer))), 350, 100);
      batch.add(port.path(PeerAddress.of(address(peer))), 50, 50);
      port.send(batch);
      assertThat(batch.isEmpty()).isTrue();
      assertThat(receive(peer)).hasSize(100).containsOnly(0);
      assertThat(receive(peer)).hasSize(100).containsOnly(1);
      assertThat(receive(peer)).hasSize(100).containsOnly(2);
      assertThat(receive(peer)).hasSize(50).containsOnly(3);
      assertThat(receive(peer)).as("the second run").hasSize(50).containsOnly(3);
    }
  }

  @Test
  void receivesWithTheSendersAddress() throws Exception {
    try (NioUdpPort port = bind(ANY_PORT, NioUdpPort.Sharing.ALONE);
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      byte[] datagram = {1, 2, 3};
      peer.send(new DatagramPacket(datagram, 3, port.localAddress()));
      port.await(SECOND);
      ReceiveBatch batch = new ReceiveBatch(4);
      port.receive(batch);
      assertThat(batch.count()).isEqualTo(1);
      assertThat(batch.length(0)).isEqualTo(3);
      assertThat(Arrays.copyOf(batch.bytes(), 3)).isEqualTo(datagram);
      assertThat(batch.address(0).toSocketAddress()).isEqualTo(address(peer));
    }
  }

  @Test
  void aWakeEndsTheNextSleep() throws Exception {
    try (NioUdpPort port = bind(ANY_PORT, NioUdpPort.Sharing.ALONE)) {
      port.wake();
      long before = System.nanoTime();
      port.await(20 * SECOND);
      assertThat(System.nanoTime() - before).isLessThan(10 * SECOND);
    }
  }

  @Test
  void anErrorOfOnePeerIsCountedAndTheOthersAreServed() throws Exception {
    try (NioUdpPort port = bind(ANY_PORT, NioUdpPort.Sharing.ALONE);
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      SendBatch batch = new SendBatch(MemorySegment.ofArray(new byte[100]), 4);
      // Port 0 can not be sent to.
      batch.add(port.path(new PeerAddress(0, 0xffff_7f00_0001L, 0)), 10, 10);
      batch.add(port.path(PeerAddress.of(address(peer))), 20, 20);
      port.send(batch);
      assertThat(batch.isEmpty()).isTrue();
      assertThat(port.errors()).isEqualTo(1);
      assertThat(receive(peer)).hasSize(20);
    }
  }

  @Test
  void severalShareAPortOnlyIfTheySaySo() throws Exception {
    try (NioUdpPort first = bind(ANY_PORT, NioUdpPort.Sharing.SHARED);
        NioUdpPort second = bind(first.localAddress(), NioUdpPort.Sharing.SHARED)) {
      assertThat(second.localAddress()).isEqualTo(first.localAddress());
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> bind(first.localAddress(), NioUdpPort.Sharing.ALONE));
    }
  }

  private static NioUdpPort bind(InetSocketAddress address, NioUdpPort.Sharing sharing)
      throws IOException {
    return NioUdpPort.bind(address, 1 << 20, sharing);
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.setSoTimeout(5000);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
