package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtcpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {
  private WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  @Test
  void aMissingPacketIsSentAgainOnItsOwnSsrcWithTheOriginalNumber() {
    TestCamera camera = liveViewer();
    Watcher.Packet lost = watcher.ofType(WorkerHarness.VIDEO).get(7);
    harness.say(watcher, nack(lost.sequence()));
    List<Watcher.Packet> again = watcher.ofType(WorkerHarness.RTX);
    assertThat(again).hasSize(1);
    byte[] payload = again.getFirst().payload();
    assertThat(ByteBuffer.wrap(payload).getShort() & 0xffff).isEqualTo(lost.sequence());
    assertThat(Arrays.copyOfRange(payload, 2, payload.length)).isEqualTo(lost.payload());
    assertThat(again.getFirst().ssrc()).isEqualTo(WorkerHarness.RTX_SSRC);
    assertThat(again.getFirst().timestamp()).isEqualTo(lost.timestamp());
    assertThat(again.getFirst().marker()).isEqualTo(lost.marker());
    assertThat(camera.next()).isPositive();
  }

  @Test
  void requestsForPacketsThatWereNeverSentAreIgnored() {
    liveViewer();
    int next = watcher.ofType(WorkerHarness.VIDEO).getLast().sequence() + 1;
    harness.say(watcher, nack((next + 5) & 0xffff));
    harness.say(watcher, nack((next - 5000) & 0xffff));
    assertThat(watcher.ofType(WorkerHarness.RTX)).isEmpty();
    assertThat(harness.worker.statistics().nacks()).isEqualTo(2);
  }

  @Test
  void impatientRequestsWithinARoundTripAreAnsweredOnce() {
    liveViewer();
    harness.turnFor(Duration.ofMillis(1100));
    RtcpPacket.SenderReport report =
        watcher.rtcp.stream()
            .filter(RtcpPacket.SenderReport.class::isInstance)
            .map(RtcpPacket.SenderReport.class::cast)
            .toList()
            .getLast();
    harness.clock.pass(Duration.ofMillis(100));
    RtcpPacket.ReportBlock block =
        new RtcpPacket.ReportBlock(report.ssrc(), 64, 0, 0, 0, (int) (report.ntpTime() >>> 16), 0);
    harness.say(watcher, watcher.report(new RtcpPacket.ReceiverReport(9, List.of(block))));
    int sequence = watcher.ofType(WorkerHarness.VIDEO).get(3).sequence();
    harness.say(watcher, nack(sequence));
    harness.clock.pass(Duration.ofMillis(20));
    harness.say(watcher, nack(sequence));
    assertThat(watcher.ofType(WorkerHarness.RTX)).hasSize(1);
    harness.clock.pass(Duration.ofMillis(300));
    harness.say(watcher, nack(sequence));
    assertThat(watcher.ofType(WorkerHarness.RTX)).hasSize(2);
  }

  @Test
  void aFullSocketCostsWholePicturesUpToTheNextKeyframeAndNoGap() {
    TestCamera camera = liveViewer();
    harness.port.capacity = 1;
    filmTurning(camera, 90);
    harness.port.capacity = Integer.MAX_VALUE;
    filmTurning(camera, 200);
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    assertThat(Watcher.breaks(packets)).isZero();
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    int jump = 1;
    while (pictures.get(jump) == pictures.get(jump - 1) + 1) {
      jump++;
    }
    assertThat(pictures.get(jump) % 100).as("goes on with a keyframe").isZero();
    assertThat(pictures.subList(jump, pictures.size()))
        .isEqualTo(IntStream.range(pictures.get(jump), camera.next()).boxed().toList());
    harness.turnFor(Duration.ofMillis(1100));
    assertThat(harness.worker.statistics().framesDroppedBySocket()).isPositive();
  }

  @Test
  void aQueueThatIsFullDropsWholeFramesUpToTheNextKeyframe() {
    harness.close();
    WorkerSettings few =
        new WorkerSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            12_500,
            62_500,
            PlayoutDelay.LOWEST,
            Duration.ofSeconds(2),
            16 << 20,
            8);
    harness = new WorkerHarness(few);
    TestCamera camera = liveViewer();
    int before = camera.next();
    film(camera, 20);
    harness.turns(2);
    assertThat(harness.worker.statistics().framesDroppedByQueue()).isEqualTo(12);
    filmTurning(camera, 100);
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    assertThat(pictures.subList(before, before + 8))
        .isEqualTo(IntStream.range(before, before + 8).boxed().toList());
    assertThat(pictures.get(before + 8)).isEqualTo(100);
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
  }

  @Test
  void aStreamOfWhichTheLastViewerLeftHoldsNoBlocks() {
    TestCamera camera = harness.camera(100, 30_000, 3_000);
    film(camera, 10);
    Viewer viewer = harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(20));
    viewer.close(ViewerEnd.KICKED);
    harness.turns(2);
    assertThat(harness.worker.statistics().streams()).isZero();
    assertThat(harness.worker.statistics().viewers()).isZero();
    assertThat(harness.pool.blocksInUse()).as("the stream's own cache").isEqualTo(10);
    assertThat(harness.events).containsExactly("connected", "closed KICKED");
    assertThat(watcher.rtcp).anyMatch(RtcpPacket.Bye.class::isInstance);
  }

  @Test
  void aViewerWithoutAnAuthenticatedCheckForThirtySecondsIsRemoved() {
    liveViewer();
    for (int i = 0; i < 29; i++) {
      harness.turnFor(Duration.ofMillis(1000));
    }
    assertThat(harness.events).containsExactly("connected");
    harness.turnFor(Duration.ofMillis(2500));
    assertThat(harness.events).containsExactly("connected", "closed CONSENT_EXPIRED");
  }

  @Test
  void aViewerWhoseHandshakeNeverEndsIsRemoved() {
    TestCamera camera = harness.camera(100, 30_000, 3_000);
    film(camera, 1);
    Viewer viewer = harness.viewer(camera.stream());
    harness.worker.put(
        () -> {
          harness.worker.adopt(viewer);
          viewer.checked(new PeerAddress(1, 2, 3), Viewer.CheckKind.VALID, harness.clock.nanos());
        });
    harness.turnFor(Duration.ofMillis(19_000));
    assertThat(harness.events).isEmpty();
    harness.clock.pass(Duration.ofSeconds(1));
    harness.turnFor(Duration.ofMillis(1100));
    assertThat(harness.events).containsExactly("closed NEVER_CONNECTED");
  }

  @Test
  void interruptionsAndTheEndOfAStreamAreTold() {
    TestCamera camera = liveViewer();
    camera.publication().close("connection lost");
    harness.turns(2);
    assertThat(harness.events).containsExactly("connected", "interrupted");
    Viewer late = harness.join(camera.stream(), WorkerHarness.watcher(2));
    harness.turns(2);
    assertThat(harness.events)
        .as("who comes meanwhile is told too")
        .containsExactly("connected", "interrupted", "connected", "interrupted");
    late.close(ViewerEnd.LEFT);
    harness.turns(2);
    harness.events.clear();
    TestCamera back = harness.camera(100, 30_000, 3_000);
    film(back, 1);
    harness.turns(2);
    assertThat(harness.events).containsExactly("resumed");
    harness.router.close();
    harness.turns(2);
    assertThat(harness.events).containsExactly("resumed", "ended", "closed STREAM_ENDED");
  }

  @Test
  void delaysOfLiveFramesAreMeasuredFromTheirLastByte() {
    TestCamera camera = liveViewer();
    DelayHistogram.Snapshot before = delay(FrameKind.PICTURE).firstPacket();
    camera.picture(harness.clock.nanos());
    harness.clock.pass(Duration.ofMillis(3));
    harness.turn();
    DelayHistogram.Snapshot first = delay(FrameKind.PICTURE).firstPacket();
    assertThat(first.count() - before.count()).isEqualTo(1);
    assertThat(first.percentileNanos(1)).isEqualTo(3_000_000);
    assertThat(first.sumNanos() - before.sumNanos()).isEqualTo(3_000_000);
  }

  @Test
  void delaysOfKeyframesPicturesAndSoundAreKeptApart() {
    TestCamera camera = liveViewer();
    long pictures = delay(FrameKind.PICTURE).lastPacket().count();
    assertThat(delay(FrameKind.KEYFRAME).lastPacket().count()).isZero();
    assertThat(delay(FrameKind.SOUND).lastPacket().count()).isZero();
    camera.sound(harness.clock.nanos());
    harness.turn();
    camera.keyframes(1);
    filmTurning(camera, 3);
    assertThat(delay(FrameKind.SOUND).lastPacket().count()).isEqualTo(2);
    assertThat(delay(FrameKind.KEYFRAME).lastPacket().count()).isEqualTo(3);
    assertThat(delay(FrameKind.PICTURE).lastPacket().count()).isEqualTo(pictures);
  }

  private FrameDelay delay(FrameKind kind) {
    return Objects.requireNonNull(harness.worker.statistics().delays().get(kind));
  }

  @Test
  void noiseIsCountedAndNeverAnswered() {
    TestCamera camera = liveViewer();
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[random.nextInt(ReceiveBatch.SLOT_BYTES)];
      random.nextBytes(noise);
      harness.port.incoming.add(new FakePort.Datagram(new PeerAddress(9, 9, i), noise));
    }
    int before = watcher.packets.size();
    for (int i = 0; i < 60; i++) {
      harness.worker.turn();
    }
    assertThat(harness.port.sent).isEmpty();
    assertThat(harness.worker.statistics().noise().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(2000);
    filmTurning(camera, 1);
    assertThat(watcher.packets.size()).isGreaterThan(before);
  }

  @Test
  void replayedAndForgedReportsAreCountedAndDropped() {
    liveViewer();
    byte[] pli = watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC));
    harness.say(watcher, pli);
    harness.say(watcher, pli);
    byte[] forged = watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC));
    forged[10] ^= 1;
    harness.say(watcher, forged);
    WorkerStatistics statistics = harness.worker.statistics();
    assertThat(statistics.plis()).isEqualTo(1);
    assertThat(statistics.noise().get(NoiseReason.SRTCP_REPLAYED)).isEqualTo(1);
    assertThat(statistics.noise().get(NoiseReason.SRTCP_UNAUTHENTICATED)).isEqualTo(1);
  }

  @Test
  void packetsOfOneLengthLeaveInOneRun() {
    TestCamera camera = liveViewer();
    int runs = harness.port.runs;
    camera.picture(harness.clock.nanos());
    harness.turn();
    assertThat(harness.port.runs - runs).isEqualTo(1);
    assertThat(harness.port.longestRun).isGreaterThan(2);
  }

  @Test
  void onlyASleepingWorkerIsWoken() {
    TestCamera camera = liveViewer();
    int before = harness.port.wakes;
    film(camera, 5);
    assertThat(harness.port.wakes - before).isZero();
    harness.turn();
  }

  @Test
  void viewersHaveNumbersAndTimesOfTheirOwn() {
    TestCamera camera = harness.camera(100, 30_000, 3_000);
    film(camera, 1);
    Set<Integer> starts = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      Watcher one = WorkerHarness.watcher(100 + i);
      harness.join(camera.stream(), one);
      harness.turnFor(Duration.ofMillis(20));
      assertThat(one.packets.getFirst().sequence()).isLessThan(1 << 15);
      starts.add(one.packets.getFirst().timestamp());
    }
    assertThat(starts).hasSizeGreaterThan(6);
  }

  /** A viewer that has been sent ten pictures and is live. */
  private TestCamera liveViewer() {
    TestCamera camera = harness.camera(100, 30_000, 3_000);
    film(camera, 8);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    filmTurning(camera, 2);
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).hasSize(10);
    return camera;
  }

  private byte[] nack(int sequence) {
    return watcher.report(new RtcpPacket.Nack(1, WorkerHarness.VIDEO_SSRC, List.of(sequence)));
  }

  private void film(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(harness.clock.nanos());
    }
  }

  private void filmTurning(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(harness.clock.nanos());
      harness.turns(2);
    }
  }
}
