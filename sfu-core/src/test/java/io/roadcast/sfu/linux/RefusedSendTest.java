package io.roadcast.sfu.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerPath;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.SendBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port does with each refusal of the kernel. Two peers, runs of five packets. */
@Timeout(60)
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
class RefusedSendTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int STRIDE = 100;
  private static final int PACKETS = 5;
  private static final int EPERM = 1;
  private static final int EHOSTUNREACH = 113;

  private final Arena arena = Arena.ofShared();
  private final ScriptedSyscalls calls = new ScriptedSyscalls(new LibcSyscalls(arena));
  private final SendBatch batch = new SendBatch(MemorySegment.ofArray(new byte[64 * 1024]), 64);
  private LinuxUdpPort port;
  private DatagramSocket first;
  private DatagramSocket second;
  private PeerPath toFirst;
  private PeerPath toSecond;

  @BeforeEach
  void open() throws Exception {
    port = port(new Segmentation(64, 65_000, ""));
    first = new DatagramSocket(ANY_PORT);
    second = new DatagramSocket(ANY_PORT);
    toFirst = port.path(PeerAddress.of((InetSocketAddress) first.getLocalSocketAddress()));
    toSecond = port.path(PeerAddress.of((InetSocketAddress) second.getLocalSocketAddress()));
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    port.close();
  }

  @Test
  void aRunIsOneMessageAndABatchOneCall() throws Exception {
    assumeThatTheKernelSegments();
    runs(toFirst, toSecond, toFirst);
    port.send(batch);
    assertThat(calls.sendCalls).isEqualTo(1);
    assertThat(calls.sent).hasSize(3).allMatch(ScriptedSyscalls.Message::segmented);
    assertThat(received(first)).isEqualTo(2 * PACKETS);
    assertThat(received(second)).isEqualTo(PACKETS);
    assertThat(port.segments()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EMSGSIZE, Errno.EINVAL})
  void aPathThatTakesNoSegmentsIsRemembered(int errno) throws Exception {
    assumeThatTheKernelSegments();
    calls.script =
        message -> message.segmented() && message.port() == first.getLocalPort() ? errno : 0;
    runs(toSecond, toFirst, toSecond);
    port.send(batch);
    assertThat(batch.isEmpty()).isTrue();
    assertThat(received(first)).isEqualTo(PACKETS);
    assertThat(received(second)).isEqualTo(2 * PACKETS);
    calls.script = message -> 0;
    calls.sent.clear();
    runs(toFirst, toSecond);
    port.send(batch);
    assertThat(calls.sent.stream().filter(ScriptedSyscalls.Message::segmented))
        .singleElement()
        .extracting(ScriptedSyscalls.Message::port)
        .isEqualTo(second.getLocalPort());
    assertThat(received(first)).isEqualTo(PACKETS);
    assertThat(port.refusedSegmentations()).isEqualTo(1);
    assertThat(port.errors()).isZero();
    assertThat(port.segments()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EIO, Errno.ENOPROTOOPT, Errno.EOPNOTSUPP})
  void aSocketThatTakesNoSegmentsSendsPacketByPacketFromThenOn(int errno) throws Exception {
    calls.script = message -> message.segmented() ? errno : 0;
    runs(toFirst, toSecond);
    port.send(batch);
    runs(toSecond);
    port.send(batch);
    assertThat(batch.isEmpty()).isTrue();
    assertThat(received(first)).isEqualTo(PACKETS);
    assertThat(received(second)).isEqualTo(2 * PACKETS);
    assertThat(port.segments()).isFalse();
    assertThat(port.refusedSegmentations()).isEqualTo(1);
    assertThat(port.errors()).isZero();
  }

  @Test
  void aFullSocketKeepsTheRestUntilItCanBeWritten() throws Exception {
    assumeThatTheKernelSegments();
    AtomicInteger room = new AtomicInteger(1);
    calls.script = message -> room.getAndDecrement() > 0 ? 0 : Errno.EAGAIN;
    runs(toFirst, toSecond, toFirst);
    port.send(batch);
    assertThat(batch.firstUnsent()).isEqualTo(1);
    room.set(100);
    port.await(Duration.ofSeconds(40).toNanos()); // the socket is writable: no long sleep
    port.send(batch);
    assertThat(batch.isEmpty()).isTrue();
    assertThat(received(first)).isEqualTo(2 * PACKETS);
    assertThat(received(second)).isEqualTo(PACKETS);
    assertThat(port.errors()).isZero();
  }

  @Test
  void aFullSocketAmidAPlainRunKeepsItsOtherPackets() throws Exception {
    port.close();
    port = port(Segmentation.none("switched off"));
    AtomicInteger room = new AtomicInteger(7);
    calls.script = message -> room.getAndDecrement() > 0 ? 0 : Errno.EAGAIN;
    runs(toFirst, toSecond);
    port.send(batch);
    assertThat(batch.firstUnsent()).isEqualTo(1);
    assertThat(batch.packets(1)).isEqualTo(PACKETS - 2);
    room.set(100);
    port.send(batch);
    assertThat(batch.isEmpty()).isTrue();
    assertThat(calls.sent).hasSize(2 * PACKETS).noneMatch(ScriptedSyscalls.Message::segmented);
    assertThat(received(second)).isEqualTo(PACKETS);
  }

  @Test
  void aSystemWithoutMemoryIsTriedAgainSoon() throws Exception {
    AtomicInteger refusals = new AtomicInteger(1);
    calls.script = message -> refusals.getAndDecrement() > 0 ? Errno.ENOBUFS : 0;
    runs(toFirst);
    port.send(batch);
    assertThat(batch.isEmpty()).isFalse();
    long before = System.nanoTime();
    port.await(Duration.ofSeconds(40).toNanos());
    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(20).toNanos());
    port.send(batch);
    assertThat(received(first)).isEqualTo(PACKETS);
    assertThat(port.errors()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ECONNREFUSED, EPERM, EHOSTUNREACH})
  void aPeerThatCanNotBeReachedLosesItsRunAndNobodyElseDoes(int errno) throws Exception {
    assumeThatTheKernelSegments();
    calls.script = message -> message.port() == first.getLocalPort() ? errno : 0;
    runs(toSecond, toFirst, toSecond, toFirst);
    port.send(batch);
    assertThat(batch.isEmpty()).isTrue();
    assertThat(received(second)).isEqualTo(2 * PACKETS);
    assertThat(port.errors()).isEqualTo(2);
    assertThat(port.refusedSegmentations()).isZero();
  }

  @Test
  void anInterruptedCallIsMadeAgain() throws Exception {
    AtomicInteger interruptions = new AtomicInteger(3);
    calls.script = message -> interruptions.getAndDecrement() > 0 ? Errno.EINTR : 0;
    runs(toFirst);
    port.send(batch);
    assertThat(received(first)).isEqualTo(PACKETS);
    assertThat(port.errors()).isZero();
  }

  @Test
  void aRunOfMorePacketsThanTheKernelTakesIsCut() throws Exception {
    assumeThatTheKernelSegments();
    batch.add(toFirst, 150 * 10 + 3, 10);
    port.send(batch);
    assertThat(calls.sent)
        .extracting(ScriptedSyscalls.Message::bytes)
        .containsExactly(640, 640, 223);
    assertThat(received(first)).isEqualTo(151);
  }

  @Test
  void theKernelIsAskedForItsLimits() throws Exception {
    assumeThatTheKernelSegments();
    calls.script = message -> message.bytes() > 64 * message.segment() ? Errno.EINVAL : 0;
    assertThat(Segmentation.ask(calls).maxDatagrams()).isEqualTo(64);
    calls.script = message -> message.bytes() > 40_000 ? Errno.EMSGSIZE : 0;
    assertThat(Segmentation.ask(calls).maxBytes()).isBetween(20_000, 40_000);
    calls.script = message -> Errno.ENOPROTOOPT;
    Segmentation refused = Segmentation.ask(calls);
    assertThat(refused.available()).isFalse();
    assertThat(refused.refusal().toUpperCase(Locale.ROOT)).contains("ENOPROTOOPT");
  }

  private void assumeThatTheKernelSegments() throws Exception {
    Segmentation real = Segmentation.ask(new LibcSyscalls(arena));
    assumeTrue(real.available(), "SKIPPED: there is none to be refused here, " + real.refusal());
  }

  private LinuxUdpPort port(Segmentation segmentation) throws Exception {
    Architecture architecture =
        Objects.requireNonNull(Architecture.named(System.getProperty("os.arch")));
    return LinuxUdpPort.bind(
        calls, Arena.ofShared(), ANY_PORT, 1 << 20, PortSharing.ALONE, architecture, segmentation);
  }

  private void runs(PeerPath... paths) {
    for (PeerPath path : paths) {
      batch.add(path, PACKETS * STRIDE - 7, STRIDE);
    }
  }

  /** How many packets are there, the last of each run a bit shorter. */
  private static int received(DatagramSocket socket) throws Exception {
    socket.setSoTimeout(300);
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    int count = 0;
    try {
      while (true) {
        socket.receive(packet);
        count++;
      }
    } catch (java.net.SocketTimeoutException e) {
      return count;
    }
  }
}
