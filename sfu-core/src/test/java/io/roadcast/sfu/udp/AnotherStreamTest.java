package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A viewer that is shown a stream of its own in between, and again what it came for. */
@Timeout(60)
class AnotherStreamTest {
  private static final int KEYFRAME_EVERY = 25;
  private static final byte[] SPS = HexFormat.of().parseHex("6742c01eda0280bfe540");
  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

  private final WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  @Test
  void numbersAndTimeGoOnThroughThePastAndBack() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 2_000);
    run(camera, 30);
    Viewer viewer = harness.join(camera.stream(), watcher);
    run(camera, 30);
    Publication past = past(1000, 10);
    viewer.show(past.stream());
    run(camera, 10);
    assertThat(pictures()).as("the whole group up to the time that was asked for").endsWith(1009);
    show(past, 1010, 400_000);
    run(camera, 10);
    assertThat(pictures()).as("nothing live meanwhile").endsWith(1009, 1010);
    viewer.show(camera.stream());
    past.close();
    run(camera, 3);
    int last = camera.next() - 1;
    assertThat(pictures()).as("the live edge").endsWith(last - 2, last - 1, last);
    assertThat(harness.events).doesNotContain("ended");
    assertContinuous();
    assertThat(viewer.state()).isEqualTo(ViewerState.CONNECTED);
  }

  @Test
  void manyTimesInARowLeaveNothingBehind() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 2_000);
    run(camera, 30);
    Viewer viewer = harness.join(camera.stream(), watcher);
    run(camera, 5);
    Publication shown = past(0, 5);
    viewer.show(shown.stream());
    for (int i = 1; i <= 20; i++) {
      Publication past = past(1000 * i, 5);
      viewer.show(past.stream());
      shown.close();
      shown = past;
      run(camera, 2);
      assertThat(pictures()).endsWith(1000 * i + 4);
      assertThat(harness.worker.statistics().streams()).isEqualTo(1);
    }
    viewer.show(camera.stream());
    shown.close();
    run(camera, 3);
    assertThat(pictures()).endsWith(camera.next() - 1);
    assertContinuous();
  }

  @Test
  void whatIsAskedForBeforeTheConnectionStandsIsWhereItBegins() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 2_000);
    run(camera, 5);
    Publication past = past(500, 3);
    Viewer viewer = harness.join(camera.stream(), watcher);
    viewer.show(past.stream());
    run(camera, 5);
    assertThat(pictures()).containsExactly(500, 501, 502);
    viewer.show(camera.stream());
    past.close();
    run(camera, 2);
    assertThat(pictures()).endsWith(camera.next() - 1);
    assertContinuous();
  }

  @Test
  void soundComesFromWhatIsShown() {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 20_000, 2_000);
    run(camera, 30);
    Viewer viewer = harness.join(camera.stream(), watcher);
    run(camera, 5);
    Publication past = past(1000, 3);
    viewer.show(past.stream());
    harness.turns(3);
    int before = watcher.ofType(WorkerHarness.AUDIO).size();
    camera.sound(harness.clock.nanos());
    harness.turns(3);
    assertThat(watcher.ofType(WorkerHarness.AUDIO)).hasSize(before);
    past.audio(new AudioFrame(Codec.PCMA, ByteBuffer.allocate(160), 80_000, harness.clock.nanos()));
    harness.turns(3);
    assertThat(watcher.ofType(WorkerHarness.AUDIO)).hasSize(before + 1);
    viewer.show(camera.stream());
    past.close();
    run(camera, 2);
  }

  private List<Integer> pictures() {
    return watcher.pictures(WorkerHarness.VIDEO);
  }

  private void run(TestCamera camera, int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.picture(harness.clock.nanos());
      harness.turnFor(Duration.ofMillis(40));
    }
  }

  private void assertContinuous() {
    List<Watcher.Packet> packets = watcher.ofType(WorkerHarness.VIDEO);
    assertThat(Watcher.breaks(packets)).as("gaps of numbers").isZero();
    for (int i = 1; i < packets.size(); i++) {
      int step = packets.get(i).timestamp() - packets.get(i - 1).timestamp();
      assertThat(step).as("time goes on").isBetween(0, 90_000);
    }
  }

  /** A private stream with a group of pictures that leads to now. */
  private Publication past(int first, int pictures) {
    Publication past = harness.router.publishPrivately(stream(), new Nobody());
    for (int i = 0; i < pictures; i++) {
      show(past, first + i, (i - pictures + 1) * 40_000L);
    }
    return past;
  }

  private StreamId stream() {
    return StreamId.parse("13912345678-1", Quality.MAIN);
  }

  private void show(Publication past, int number, long aheadMicros) {
    boolean keyframe = number % 500 == 0;
    ByteBuffer slice = ByteBuffer.allocate(keyframe ? 20_000 : 2_000);
    while (slice.hasRemaining()) {
      slice.put((byte) 0x55);
    }
    slice.flip();
    slice.put(0, (byte) (keyframe ? 0x65 : 0x41)).put(1, (byte) (keyframe ? 0x88 : 0x9a));
    slice.putInt(2, number);
    List<ByteBuffer> units =
        keyframe ? List.of(ByteBuffer.wrap(SPS), ByteBuffer.wrap(PPS), slice) : List.of(slice);
    try {
      past.video(
          new VideoFrame(
              Codec.H264,
              units,
              keyframe,
              aheadMicros,
              harness.clock.nanos() + Math.min(0, aheadMicros * 1000)));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }

  private record Nobody() implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "none", "");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
