package io.roadcast.sfu.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.SendBatch;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The real kernel on a path whose MTU is smaller than our packets: in a network namespace of this
 * test's thread, whose loopback interface is made narrow.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SmallPathMtuTest {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int STRIDE = 1190;
  private static final int PACKETS = 5;

  @Test
  void aRunLeavesInFragmentsAndThePathIsRemembered() throws Exception {
    FutureTask<String> test = new FutureTask<>(this::inNarrowNamespace);
    Thread.ofPlatform().start(test); // the namespace goes with the thread
    try {
      String skipped = test.get();
      if (!skipped.isEmpty()) {
        abort("SKIPPED, it can not be tried here: " + skipped);
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Returns why it could not be tried; empty if it was. */
  private String inNarrowNamespace() throws Exception {
    if (unshare(CLONE_NEWNET) != 0) {
      return "only root may make one";
    }
    try {
      run("ip", "link", "set", "lo", "mtu", "600", "up");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    LinuxUdpPorts ports;
    try {
      ports = LinuxUdpPorts.probe(LinuxUdpPorts.Offload.WHERE_POSSIBLE);
    } catch (NativePortException e) {
      return String.valueOf(e.getMessage());
    }
    if (!ports.segmentationRefusal().isEmpty()) {
      return ports.segmentationRefusal();
    }
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    try (UdpPort port = ports.bind(loopback, 1 << 20, PortSharing.ALONE);
        DatagramSocket peer = new DatagramSocket(loopback)) {
      assertThat(port.segments()).isTrue();
      for (int i = 1; i <= 2; i++) {
        SendBatch batch = new SendBatch(MemorySegment.ofArray(new byte[PACKETS * STRIDE]), 4);
        PeerAddress to = PeerAddress.of((InetSocketAddress) peer.getLocalSocketAddress());
        batch.add(port.path(to), PACKETS * STRIDE, STRIDE);
        port.send(batch);
        assertThat(batch.isEmpty()).isTrue();
        for (int packet = 0; packet < PACKETS; packet++) {
          assertThat(received(peer)).isEqualTo(STRIDE);
        }
        assertThat(port.refusedSegmentations()).as("each path asks once").isEqualTo(i);
      }
      assertThat(port.errors()).isZero();
      assertThat(port.segments()).as("other paths may be wider").isTrue();
    }
    return "";
  }

  private static int received(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return packet.getLength();
  }

  private static int unshare(int what) {
    Linker linker = Linker.nativeLinker();
    MethodHandle unshare =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("unshare"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      return (int) unshare.invokeExact(what);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(Arrays.toString(command) + ": " + output);
    }
  }
}
