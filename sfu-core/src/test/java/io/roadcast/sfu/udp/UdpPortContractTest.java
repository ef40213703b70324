package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What workers rely on, whichever port there is. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class UdpPortContractTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final PortKind kind;

  UdpPortContractTest(PortKind kind) {
    this.kind = kind;
  }

  @Test
  void aRunArrivesAsItsPackets() throws Exception {
    runArrives(MemorySegment.ofArray(new byte[1000]));
  }

  @Test
  void aRunOutsideTheHeapArrivesAsItsPackets() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      runArrives(arena.allocate(1000));
    }
  }

  private void runArrives(MemorySegment slab) throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE);
        DatagramSocket peer = socket(ANY_PORT)) {
      for (int i = 0; i < slab.byteSize(); i++) {
        slab.set(ValueLayout.JAVA_BYTE, i, (byte) (i / 100));
      }
      SendBatch batch = new SendBatch(slab, 4);
      PeerPath path = port.path(PeerAddress.of(address(peer)));
      batch.add(path, 350, 100);
      batch.add(path, 50, 50);
      batch.add(path, 300, 100);
      port.send(batch);
      assertThat(batch.isEmpty()).isTrue();
      assertThat(receive(peer)).hasSize(100).containsOnly(0);
      assertThat(receive(peer)).hasSize(100).containsOnly(1);
      assertThat(receive(peer)).hasSize(100).containsOnly(2);
      assertThat(receive(peer)).hasSize(50).containsOnly(3);
      assertThat(receive(peer)).as("the second run").hasSize(50).containsOnly(3);
      assertThat(receive(peer)).as("the third run").hasSize(100).containsOnly(4);
      assertThat(receive(peer)).hasSize(100).containsOnly(5);
      assertThat(receive(peer)).hasSize(100).containsOnly(6);
      assertThat(port.errors()).isZero();
    }
  }

  @Test
  void theLongestRunAndManyPeersArriveComplete() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE)) {
      int stride = 1190;
      int packets = port.maxRunBytes() / stride;
      byte[] slab = new byte[256 * 1024];
      for (int i = 0; i < slab.length; i++) {
        slab[i] = (byte) (i / stride);
      }
      DatagramSocket[] peers = new DatagramSocket[4];
      SendBatch batch = new SendBatch(MemorySegment.ofArray(slab), 64);
      for (int i = 0; i < peers.length; i++) {
        peers[i] = socket(ANY_PORT);
        batch.add(port.path(PeerAddress.of(address(peers[i]))), packets * stride, stride);
      }
      port.send(batch);
      assertThat(batch.isEmpty()).isTrue();
      for (int i = 0; i < peers.length; i++) {
        for (int packet = 0; packet < packets; packet++) {
          assertThat(receive(peers[i])).hasSize(stride).containsOnly((byte) (i * packets + packet));
        }
        peers[i].close();
      }
    }
  }

  @Test
  void receivesWithTheSendersAddress() throws Exception {
    receives(ANY_PORT, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void aPortOfAllAddressesHasBothFamilies() throws Exception {
    receives(new InetSocketAddress(0), InetAddress.getByName("127.0.0.1"));
    InetAddress loopback6 = InetAddress.getByName("::1");
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback6, 0))) {
      assertThat(probe.isBound()).isTrue();
    } catch (SocketException e) {
      Assumptions.abort("SKIPPED, no IPv6 on this machine: " + e.getMessage());
    }
    receives(new InetSocketAddress(0), loopback6);
    receives(new InetSocketAddress(loopback6, 0), loopback6);
  }

  private void receives(InetSocketAddress bound, InetAddress from) throws Exception {
    try (UdpPort port = bind(bound, PortSharing.ALONE);
        DatagramSocket peer = socket(new InetSocketAddress(from, 0))) {
      byte[] datagram = {1, 2, 3};
      int portNumber = port.localAddress().getPort();
      peer.send(new DatagramPacket(datagram, 3, from, portNumber));
      ReceiveBatch batch = new ReceiveBatch(4);
      receive(port, batch, 1);
      assertThat(batch.length(0)).isEqualTo(3);
      assertThat(Arrays.copyOf(batch.bytes(), 3)).isEqualTo(datagram);
      assertThat(batch.address(0).toSocketAddress()).isEqualTo(address(peer));
      SendBatch answer = new SendBatch(MemorySegment.ofArray(new byte[40]), 1);
      answer.add(port.path(batch.address(0)), 40, 20);
      port.send(answer);
      assertThat(receive(peer)).hasSize(20);
      assertThat(receive(peer)).hasSize(20);
    }
  }

  @Test
  void whatDoesNotFitIntoABatchComesWithTheNext() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE);
        DatagramSocket peer = socket(ANY_PORT)) {
      for (int i = 0; i < 200; i++) {
        byte[] datagram = new byte[1 + i];
        peer.send(new DatagramPacket(datagram, datagram.length, port.localAddress()));
      }
      ReceiveBatch batch = new ReceiveBatch(64);
      for (int expected = 1; expected <= 200; expected += batch.count()) {
        batch.clear();
        receive(port, batch, 1);
        for (int i = 0; i < batch.count(); i++) {
          assertThat(batch.length(i)).isEqualTo(expected + i);
        }
      }
    }
  }

  @Test
  void aDatagramLongerThanItsSlotIsCut() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE);
        DatagramSocket peer = socket(ANY_PORT)) {
      peer.send(new DatagramPacket(new byte[9000], 9000, port.localAddress()));
      peer.send(new DatagramPacket(new byte[7], 7, port.localAddress()));
      ReceiveBatch batch = new ReceiveBatch(4);
      receive(port, batch, 2);
      assertThat(batch.length(0)).isEqualTo(ReceiveBatch.SLOT_BYTES);
      assertThat(batch.length(1)).isEqualTo(7);
    }
  }

  @Test
  void aWakeEndsTheNextSleep() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE)) {
      for (int i = 0; i < 3; i++) {
        port.wake();
        long before = System.nanoTime();
        port.await(40 * SECOND);
        assertThat(System.nanoTime() - before).isLessThan(20 * SECOND);
      }
    }
  }

  @Test
  void aWakeEndsTheCurrentSleepAndASleepEndsByItself() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE)) {
      long before = System.nanoTime();
      port.await(SECOND / 50);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SECOND / 50);
      Thread waker = Thread.ofVirtual().start(port::wake);
      port.await(40 * SECOND);
      waker.join();
      assertThat(System.nanoTime() - before).isLessThan(20 * SECOND);
    }
  }

  @Test
  void aWakeAfterTheEndIsHarmless() throws Exception {
    UdpPort port = bind(ANY_PORT, PortSharing.ALONE);
    port.close();
    port.wake();
    port.close();
  }

  @Test
  void anErrorOfOnePeerIsCountedAndTheOthersAreServed() throws Exception {
    try (UdpPort port = bind(ANY_PORT, PortSharing.ALONE);
        DatagramSocket peer = socket(ANY_PORT)) {
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
    try (UdpPort first = bind(ANY_PORT, PortSharing.FIRST);
        UdpPort second = bind(first.localAddress(), PortSharing.FURTHER)) {
      assertThat(second.localAddress()).isEqualTo(first.localAddress());
      for (PortSharing other : new PortSharing[] {PortSharing.ALONE, PortSharing.FIRST}) {
        assertThatExceptionOfType(BindException.class)
            .as("another server's, %s", other)
            .isThrownBy(() -> bind(first.localAddress(), other))
            .withMessageContaining("in use");
      }
    }
  }

  @Test
  void thePeersOfASharedPortAreSpreadAndAnsweredFromAnySocket() throws Exception {
    try (UdpPort first = bind(ANY_PORT, PortSharing.FIRST);
        UdpPort second = bind(first.localAddress(), PortSharing.FURTHER)) {
      int peers = 64;
      for (int i = 0; i < peers; i++) {
        try (DatagramSocket peer = socket(ANY_PORT)) {
          peer.send(new DatagramPacket(new byte[5], 5, first.localAddress()));
          SendBatch answer = new SendBatch(MemorySegment.ofArray(new byte[10]), 1);
          answer.add(second.path(PeerAddress.of(address(peer))), 10, 10);
          second.send(answer);
          assertThat(receive(peer)).hasSize(10);
        }
      }
      ReceiveBatch ofFirst = new ReceiveBatch(2 * peers);
      ReceiveBatch ofSecond = new ReceiveBatch(2 * peers);
      while (ofFirst.count() + ofSecond.count() < peers) {
        first.await(0);
        first.receive(ofFirst);
        second.await(0);
        second.receive(ofSecond);
      }
      assertThat(ofFirst.count()).isPositive();
      assertThat(ofSecond.count()).isPositive();
    }
  }

  private UdpPort bind(InetSocketAddress address, PortSharing sharing) throws IOException {
    return kind.bind(address, sharing);
  }

  /** Waits until so many datagrams are there. */
  private static void receive(UdpPort port, ReceiveBatch batch, int count) {
    while (batch.count() < count) {
      port.await(SECOND);
      port.receive(batch);
    }
  }

  private static DatagramSocket socket(InetSocketAddress address) throws SocketException {
    DatagramSocket socket = new DatagramSocket(address);
    socket.setReceiveBufferSize(1 << 20);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
