package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Anything may reach the UDP port, from strangers and from viewers, encrypted rightly or not. */
class MediaWorkerFuzzTest {
  private static final PeerAddress STRANGER = new PeerAddress(7, 7, 7);

  @FuzzTest(maxDuration = "30s")
  void takesAnything(byte[] bytes) {
    try (WorkerHarness harness = new WorkerHarness()) {
      TestCamera camera = harness.camera(10, 3_000, 500);
      camera.picture(harness.clock.nanos());
      Watcher watcher = WorkerHarness.watcher(1);
      harness.join(camera.stream(), watcher);
      harness.turnFor(Duration.ofMillis(5));
      byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, 1400));
      harness.port.incoming.add(new FakePort.Datagram(STRANGER, datagram));
      harness.turn();
      harness.say(watcher, datagram);
      if (datagram.length >= 8) {
        harness.say(watcher, sealed(watcher, datagram));
      }
      camera.picture(harness.clock.nanos());
      harness.turns(2);
      assertThat(harness.events.stream().filter(event -> event.contains("INTERNAL"))).isEmpty();
      assertThat(List.of("connected", "closed LEFT")).containsAll(harness.events);
    }
  }

  /** As a viewer with the right keys would send it. */
  private static byte[] sealed(Watcher watcher, byte[] plain) {
    byte[] bytes = Arrays.copyOf(plain, 1500);
    bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
    bytes[1] = (byte) (200 + (bytes[1] & 7));
    SrtcpSendContext context = watcher.reports();
    return Arrays.copyOf(bytes, context.protect(bytes, 0, plain.length));
  }
}
