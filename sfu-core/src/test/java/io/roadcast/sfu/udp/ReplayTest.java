package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtcpPacket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayTest {
  private WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  @Test
  void whoJoinsInAGroupOfPicturesGetsAllOfItAndThenLiveWithoutAGap() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 20);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    film(camera, 10);
    harness.turns(2);
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(numbers(0, 30));
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
    assertThat(watcher.undecryptable).isZero();
    assertThat(watcher.packets.getFirst().payload()[0] & 0x1f)
        .as("parameter sets come first, as STAP-A")
        .isEqualTo(24);
  }

  @Test
  void replayedPicturesLieOneMillisecondApartUpToTheNewestOnesOwnTime() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 20);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    film(camera, 2);
    harness.turns(2);
    List<Integer> times =
        watcher.ofType(WorkerHarness.VIDEO).stream()
            .filter(Watcher.Packet::marker)
            .map(Watcher.Packet::timestamp)
            .toList();
    for (int i = 1; i < 20; i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(90);
    }
    assertThat(times.get(20) - times.get(19)).isEqualTo(3600);
    assertThat(times.get(21) - times.get(20)).isEqualTo(3600);
    assertThat(watcher.ofType(WorkerHarness.VIDEO)).allMatch(packet -> packet.delay() == 0);
  }

  @Test
  void aReplayIsSentAtItsRateInSlices() {
    TestCamera camera = harness.camera(250, 100_000, 10_000);
    film(camera, 100);
    harness.join(camera.stream(), watcher);
    harness.turns(3);
    int first = watcher.packets.size();
    assertThat(first).as("the first slice leaves at once").isBetween(1, 64);
    harness.turnFor(Duration.ofMillis(20));
    assertThat(watcher.packets.size() - first)
        .as("20 ms at 100 Mbit/s are 208 packets")
        .isBetween(150, 215);
  }

  @Test
  void aViewerThatHasEverythingIsNotShownTheLastSecondsAgainWhenTheCameraIsSilent() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 20);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofSeconds(3));
    List<Watcher.Packet> seen = watcher.ofType(WorkerHarness.VIDEO);
    int pictures = seen.size();
    int highest = seen.getLast().sequence();

    harness.say(watcher, watcher.report(received(highest - 1)));
    harness.say(watcher, watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC)));
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.ofType(WorkerHarness.VIDEO).size())
        .as("who lacks the last packet is shown the pictures again")
        .isGreaterThan(pictures);

    harness.turnFor(Duration.ofSeconds(3));
    int again = watcher.ofType(WorkerHarness.VIDEO).size();
    harness.say(
        watcher,
        watcher.report(received(watcher.ofType(WorkerHarness.VIDEO).getLast().sequence())));
    harness.say(watcher, watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC)));
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.ofType(WorkerHarness.VIDEO)).hasSize(again);
  }

  private static RtcpPacket.ReceiverReport received(int highestSequence) {
    return new RtcpPacket.ReceiverReport(
        9,
        List.of(
            new RtcpPacket.ReportBlock(
                WorkerHarness.VIDEO_SSRC, 0, 0, highestSequence & 0xffff, 0, 0, 0)));
  }

  @Test
  void replaysShareTheirWorkersRate() {
    TestCamera camera = harness.camera(250, 100_000, 10_000);
    film(camera, 200);
    List<Watcher> many =
        IntStream.range(0, 20).mapToObj(i -> WorkerHarness.watcher(50 + i)).toList();
    many.forEach(one -> harness.join(camera.stream(), one));
    harness.turns(3);
    int first = many.stream().mapToInt(one -> one.packets.size()).sum();
    harness.turnFor(Duration.ofMillis(40));
    int sent = many.stream().mapToInt(one -> one.packets.size()).sum() - first;
    assertThat(sent).as("40 ms at 500 Mbit/s are 2083 packets").isBetween(1900, 2100);
    assertThat(many.stream().mapToInt(one -> one.packets.size()).min().orElse(0))
        .as("nobody is left behind")
        .isGreaterThan(sent / 20 * 3 / 4);
  }

  @Test
  void aViewerThatAsksAllTheTimeIsShownThePicturesFourTimesInTenSeconds() {
    TestCamera camera = harness.camera(5000, 3_000, 1_000);
    film(camera, 2);
    harness.join(camera.stream(), watcher);
    for (int i = 0; i < 80; i++) {
      harness.turnFor(Duration.ofMillis(100));
      harness.say(watcher, watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC)));
    }
    harness.turnFor(Duration.ofMillis(5));
    assertThat(watcher.pictures(WorkerHarness.VIDEO).stream().filter(n -> n == 0)).hasSize(4);
  }

  @Test
  void aKeyframeDuringTheReplayMakesItsRestWorthless() {
    TestCamera camera = harness.camera(101, 100_000, 10_000);
    film(camera, 100);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(10));
    film(camera, 5);
    harness.turnFor(Duration.ofMillis(10));
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    int jump = pictures.indexOf(101);
    assertThat(jump).isBetween(1, 60);
    assertThat(pictures.subList(0, jump)).isEqualTo(numbers(0, jump));
    assertThat(pictures.subList(jump, pictures.size())).isEqualTo(numbers(101, 105));
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
  }

  @Test
  void aPictureThatIsHalfReplayedIsSentToItsEndThoughTheWindowHasForgottenIt() {
    TestCamera camera = harness.camera(60, 100_000, 3_000);
    film(camera, 6);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(3));
    assertThat(watcher.packets.size()).as("a part of the keyframe").isBetween(1, 70);
    film(camera, 58);
    harness.turnFor(Duration.ofMillis(20));
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(List.of(0, 60, 61, 62, 63));
    assertThat(Watcher.unended(watcher.ofType(WorkerHarness.VIDEO))).isZero();
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
  }

  @Test
  void waitsForTheNextKeyframeIfTheReplayWouldNotBeOverBefore() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 50 + 49);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.packets.size()).isZero();
    film(camera, 3);
    harness.turns(2);
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(numbers(100, 102));
  }

  @Test
  void soundBeginsAtTheLiveEdge() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    for (int i = 0; i < 10; i++) {
      camera.sound(harness.clock.nanos());
      film(camera, 1);
    }
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.ofType(WorkerHarness.AUDIO).size()).isZero();
    camera.sound(harness.clock.nanos());
    film(camera, 1);
    harness.turns(2);
    assertThat(watcher.ofType(WorkerHarness.AUDIO)).hasSize(2);
  }

  @Test
  void whoMissedTheBeginningIsShownItAgainAtOnceAndOnlyOnce() {
    TestCamera camera = harness.camera(500, 100_000, 10_000);
    film(camera, 50);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(12));
    int missed = watcher.pictures(WorkerHarness.VIDEO).size();
    assertThat(missed).isBetween(1, 30);
    RtcpPacket.Pli pli = new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC);
    harness.say(watcher, watcher.report(pli));
    harness.turnFor(Duration.ofMillis(5));
    harness.say(watcher, watcher.report(pli));
    harness.turnFor(Duration.ofMillis(80));
    harness.say(watcher, watcher.report(pli));
    harness.turnFor(Duration.ofMillis(80));
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    assertThat(pictures.subList(missed, pictures.size())).isEqualTo(numbers(0, 50));
    assertThat(Watcher.breaks(watcher.ofType(WorkerHarness.VIDEO))).isZero();
  }

  @Test
  void aPictureLossIsAnsweredFromTheWindowButNotRightAfterAReplay() {
    TestCamera camera = harness.camera(500, 30_000, 3_000);
    film(camera, 10);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofSeconds(1));
    RtcpPacket.Pli pli = new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC);
    film(camera, 2);
    harness.say(watcher, watcher.report(pli));
    harness.turnFor(Duration.ofMillis(30));
    harness.say(watcher, watcher.report(pli));
    harness.turnFor(Duration.ofMillis(30));
    film(camera, 1);
    harness.turns(2);
    List<Integer> pictures = watcher.pictures(WorkerHarness.VIDEO);
    assertThat(pictures.subList(12, pictures.size())).isEqualTo(numbers(0, 13));
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    assertThat(Watcher.breaks(packets)).isZero();
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp())
          .as("RTP time never runs back")
          .isNotNegative();
    }
  }

  @Test
  void aSenderReportFollowsTheReplayAndTellsOneTimeForBothTracks() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 10);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    assertThat(reports(WorkerHarness.VIDEO_SSRC)).hasSizeBetween(1, 2);
    camera.sound(harness.clock.nanos());
    film(camera, 1);
    harness.turnFor(Duration.ofMillis(1100));
    RtcpPacket.SenderReport video = reports(WorkerHarness.VIDEO_SSRC).getLast();
    RtcpPacket.SenderReport audio = reports(WorkerHarness.AUDIO_SSRC).getLast();
    assertThat(audio.ntpTime()).isEqualTo(video.ntpTime());
    int videoStart = lastOf(WorkerHarness.VIDEO).timestamp();
    int audioStart = watcher.ofType(WorkerHarness.AUDIO).getFirst().timestamp();
    double videoAhead = (video.rtpTime() - videoStart) / 90.0;
    double audioAhead = (audio.rtpTime() - audioStart) / 8.0;
    assertThat(videoAhead).as("picture and sound began together").isCloseTo(audioAhead, within(1));
  }

  @Test
  void anySizeOfReplayCanBeRepaired() {
    TestCamera camera = harness.camera(1000, 3_000, 1_000);
    film(camera, 740);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(150));
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(numbers(0, 740));
    Watcher.Packet first = watcher.ofType(WorkerHarness.VIDEO).getFirst();
    RtcpPacket.Nack nack =
        new RtcpPacket.Nack(1, WorkerHarness.VIDEO_SSRC, List.of(first.sequence()));
    harness.say(watcher, watcher.report(nack));
    assertThat(watcher.ofType(WorkerHarness.RTX)).hasSize(1);
  }

  @Test
  void moreThanABrowserCanHoldIsNotReplayed() {
    TestCamera camera = harness.camera(760, 3_000, 1_000);
    film(camera, 755);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(50));
    assertThat(watcher.packets.size()).isZero();
    film(camera, 7);
    harness.turns(2);
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(numbers(760, 762));
  }

  @Test
  void whoWaitsForAKeyframeThatDoesNotComeIsShownTheCachedPictures() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 101);
    camera.keyframes(1000);
    film(camera, 48);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    filmTurning(camera, 6);
    assertThat(watcher.packets.size()).as("its keyframe is expected any moment").isZero();
    filmTurning(camera, 6);
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).isEqualTo(numbers(100, 161));
  }

  @Test
  void aFastStreamIsReplayedAtTwentyFiveTimesItsOwnRate() {
    TestCamera camera = harness.camera(250, 400_000, 40_000);
    film(camera, 100); // 8 Mbit/s
    harness.join(camera.stream(), watcher);
    harness.turns(2);
    int first = watcher.packets.size();
    harness.turnFor(Duration.ofMillis(20));
    assertThat(watcher.packets.size() - first)
        .as("20 ms at 200 Mbit/s are 416 packets, and the keyframe counts in the rate")
        .isBetween(400, 520);
  }

  @Test
  void aWorkerThatWasHeldUpMakesUpForItInSlicesOfSixtyFourPackets() {
    TestCamera camera = harness.camera(250, 400_000, 40_000);
    film(camera, 100);
    harness.join(camera.stream(), watcher);
    harness.turns(2);
    for (int i = 0; i < 5; i++) {
      int before = watcher.packets.size();
      harness.clock.pass(Duration.ofMillis(20));
      harness.turn();
      assertThat(watcher.packets.size() - before).isEqualTo(64);
    }
  }

  @Test
  void whoWantsItSmoothMayHoldBackLivePicturesAndTheirRepairsButNotTheReplay() {
    harness.close();
    harness = new WorkerHarness(settings(12_500, 62_500, PlayoutDelay.SMOOTH));
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 10);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    assertThat(watcher.ofType(WorkerHarness.VIDEO)).allMatch(packet -> packet.delay() == 0);
    film(camera, 1);
    harness.turns(2);
    Watcher.Packet live = lastOf(WorkerHarness.VIDEO);
    assertThat(live.delay()).as("(0, 10 s)").isEqualTo(1000);
    int replayed = watcher.ofType(WorkerHarness.VIDEO).getFirst().sequence();
    harness.say(
        watcher,
        watcher.report(
            new RtcpPacket.Nack(
                1, WorkerHarness.VIDEO_SSRC, List.of(replayed, live.sequence() & 0xffff))));
    assertThat(watcher.ofType(WorkerHarness.RTX).stream().map(Watcher.Packet::delay))
        .containsExactly(0, 1000);
  }

  @Test
  void aPictureLossRightAfterALongReplayIsNotAnsweredByAnother() {
    harness.close();
    harness = new WorkerHarness(settings(12_500, 1_250, PlayoutDelay.LOWEST));
    TestCamera camera = harness.camera(1000, 200_000, 20_000);
    film(camera, 100);
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(2_000));
    int shown = watcher.pictures(WorkerHarness.VIDEO).size();
    assertThat(shown).as("over for less than a second").isEqualTo(100);
    harness.say(watcher, watcher.report(new RtcpPacket.Pli(1, WorkerHarness.VIDEO_SSRC)));
    harness.turnFor(Duration.ofMillis(500));
    assertThat(watcher.pictures(WorkerHarness.VIDEO)).hasSize(shown);
  }

  @Test
  void theFirstSenderReportTellsTheTimeOfTheNewestPicture() {
    TestCamera camera = harness.camera(50, 30_000, 3_000);
    film(camera, 20);
    long newestNanos = harness.clock.nanos();
    harness.join(camera.stream(), watcher);
    harness.turnFor(Duration.ofMillis(30));
    RtcpPacket.SenderReport report = reports(WorkerHarness.VIDEO_SSRC).getFirst();
    double sinceNewest =
        (report.rtpTime() - watcher.ofType(WorkerHarness.VIDEO).getLast().timestamp()) / 90.0;
    assertThat(sinceNewest).isBetween(0.0, (harness.clock.nanos() - newestNanos) / 1e6);
  }

  private static WorkerSettings settings(int burst, int burstInAll, PlayoutDelay delay) {
    WorkerSettings usual = WorkerHarness.SETTINGS;
    return new WorkerSettings(
        usual.connectTimeout(),
        usual.consentTimeout(),
        burst,
        burstInAll,
        delay,
        usual.window(),
        usual.maxWindowBytes(),
        usual.maxQueuedFrames());
  }

  private static org.assertj.core.data.Offset<Double> within(double millis) {
    return org.assertj.core.data.Offset.offset(millis);
  }

  private Watcher.Packet lastOf(int type) {
    return watcher.ofType(type).getLast();
  }

  private List<RtcpPacket.SenderReport> reports(int ssrc) {
    return watcher.rtcp.stream()
        .filter(RtcpPacket.SenderReport.class::isInstance)
        .map(RtcpPacket.SenderReport.class::cast)
        .filter(report -> report.ssrc() == ssrc)
        .toList();
  }

  /** Publishes pictures, 40 ms each, while the worker sleeps. */
  private void film(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      harness.clock.pass(Duration.ofMillis(40));
      camera.picture(harness.clock.nanos());
    }
  }

  private void filmTurning(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      film(camera, 1);
      harness.turn();
    }
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
