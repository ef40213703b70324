package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.NtpTime;
import io.roadcast.sfu.router.Stream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When pictures were taken, as viewers are told who asked for it. */
@Timeout(30)
class CaptureTimeTest {
  private static final long EPOCH_MICROS = 1_795_000_000_000_000L;

  private final WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  @Test
  void everyPacketSaysWhenItsPictureWasTaken() {
    TestCamera camera = harness.camera(25, 4_000, 1_500);
    harness.joinTold(camera.stream(), watcher);
    harness.turns(3);
    film(camera, 5);
    assertThat(watcher.ofType(WorkerHarness.VIDEO))
        .as("before the clock is known")
        .isNotEmpty()
        .allMatch(packet -> packet.captureTime() == 0);
    watcher.packets.clear();
    camera.publication().captured(EPOCH_MICROS);
    film(camera, 1);
    int first = watcher.ofType(WorkerHarness.VIDEO).getFirst().timestamp();
    film(camera, 30);
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    assertThat(packets).hasSizeGreaterThan(40);
    for (Watcher.Packet packet : packets) {
      long micros = NtpTime.toEpochMicros(packet.captureTime());
      long sinceFirst = (packet.timestamp() - first) * 1000L / 90;
      assertThat(micros - EPOCH_MICROS - 5L * TestCamera.FRAME_MICROS)
          .isBetween(sinceFirst - 100, sinceFirst + 100);
    }
    assertThat(Watcher.breaks(packets)).isZero();
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).transportSequence())
          .isEqualTo(packets.get(i - 1).transportSequence() + 1);
    }
    watcher.packets.clear();
    camera.publication().captured(Stream.UNKNOWN_CAPTURE);
    film(camera, 3);
    assertThat(watcher.ofType(WorkerHarness.VIDEO)).allMatch(packet -> packet.captureTime() == 0);
  }

  @Test
  void itReplacesNothingForThoseWhoDidNotAsk() {
    TestCamera camera = harness.camera(25, 4_000, 1_500);
    camera.picture(harness.clock.nanos());
    camera.publication().captured(EPOCH_MICROS);
    harness.joinNumbered(camera.stream(), watcher);
    harness.turns(3);
    film(camera, 5);
    assertThat(watcher.ofType(WorkerHarness.VIDEO))
        .isNotEmpty()
        .allMatch(packet -> packet.captureTime() == 0);
    assertThat(watcher.undecryptable).isZero();
  }

  private void film(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(harness.clock.nanos());
      harness.turnFor(Duration.ofMillis(40));
    }
  }
}
