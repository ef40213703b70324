package io.roadcast.sfu.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RouterTest {
  /** Constrained Baseline, level 3.0, 640x360. */
  private static final ByteBuffer SPS = hex("6742c01eda0280bfe540");

  private static final ByteBuffer PPS = hex("68ce3c80");
  private static final ByteBuffer IDR = hex("65888420");
  private static final ByteBuffer P = hex("419a2040");
  private static final StreamId ID = StreamId.ofTerminal("013912345678", 1, Quality.MAIN);

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(2, Duration.ofMillis(200), 1 << 20, 100), pool);
  private final News news = new News();
  private final RecordingSink sink = new RecordingSink();
  private long nanos = 1_000_000_000L;

  @BeforeEach
  void listen() {
    router.addListener(news);
  }

  @AfterEach
  void everyBlockIsReturned() {
    router.close();
    sink.releaseAll();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void withholdsPicturesUntilAKeyframeWithParameterSets() throws Exception {
    Publication publication = publish();
    publication.video(picture(0, P));
    publication.video(picture(40, IDR));
    assertThat(find().video()).isNull();
    publication.video(picture(80, SPS, PPS, IDR));
    find().subscribe(sink);
    assertThat(sink.blocks).hasSize(1);
    assertThat(sink.blocks.getFirst().keyframe()).isTrue();
    assertThat(find().video())
        .isEqualTo(
            new VideoFormat(Codec.H264, "Constrained Baseline", "42c01e", "3.0", 640, 360, false));
    assertThat(find().statistics().withheldFrames()).isEqualTo(2);
  }

  @Test
  void whoJoinsGetsTheCachedPicturesAndThenEveryBlockOnce() throws Exception {
    Publication publication = publish();
    publication.video(picture(0, SPS, PPS, IDR));
    publication.video(picture(40, P));
    find().subscribe(sink);
    publication.video(picture(80, P));
    assertThat(sink.times()).containsExactly(0L, 40_000L, 80_000L);
  }

  @Test
  void aKeyframeReplacesTheCachedPictures() throws Exception {
    Publication publication = publish();
    publication.video(picture(0, SPS, PPS, IDR));
    publication.video(picture(40, P));
    publication.video(picture(80, IDR));
    find().subscribe(sink);
    assertThat(sink.times()).containsExactly(80_000L);
    assertThat(sink.blocks.getFirst().packetCount())
        .as("parameter sets stand in front of a keyframe that came without")
        .isEqualTo(2);
  }

  @Test
  void theNewerPublisherWinsAndViewersGoOn() throws Exception {
    Source first = new Source();
    Publication older = router.publish(ID, first);
    older.video(picture(0, SPS, PPS, IDR));
    find().subscribe(sink);
    Publication newer = router.publish(ID, new Source());
    assertThat(first.superseded).isEqualTo(1);
    older.video(picture(40, P));
    newer.video(picture(900_000, P));
    newer.video(picture(900_040, SPS, PPS, IDR));
    assertThat(sink.blocks).hasSize(2);
    assertThat(sink.times().getLast())
        .as("time goes on where it was, by as much as really passed")
        .isBetween(40_000L, 400_000L);
    older.close("late close of the old connection");
    assertThat(find().state()).isEqualTo(StreamState.LIVE);
  }

  @Test
  void aStreamIsKeptForTheGraceTimeAndResumes() throws Exception {
    Publication publication = publish();
    publication.video(picture(0, SPS, PPS, IDR));
    find().subscribe(sink);
    publication.close("connection lost");
    assertThat(find().state()).isEqualTo(StreamState.INTERRUPTED);
    publish().video(picture(0, SPS, PPS, IDR));
    assertThat(find().state()).isEqualTo(StreamState.LIVE);
    assertThat(sink.calls).containsExactly("begin", "interrupted", "resumed");
    assertThat(news.heard).containsExactly("started", "changed", "interrupted", "resumed");
  }

  @Test
  void aStreamEndsWhenNobodyComesBackInTime() throws Exception {
    Publication publication = publish();
    find().subscribe(sink);
    publication.close("connection lost");
    await().until(() -> router.find(ID) == null);
    await().until(() -> sink.calls.contains("ended: connection lost"));
    await().until(() -> news.heard.getLast().equals("stopped: connection lost"));
  }

  @Test
  void refusesMoreStreamsThanAllowed() throws Exception {
    publish();
    router.publish(StreamId.ofTerminal("1", 1, Quality.MAIN), new Source());
    assertThatExceptionOfType(PublishRefusedException.class)
        .isThrownBy(() -> router.publish(StreamId.ofTerminal("2", 1, Quality.MAIN), new Source()));
    assertThat(router.refusedPublications()).isEqualTo(1);
  }

  @Test
  void carriesNoMoreThanAllowedWhenManyComeAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (Router full = new Router(new RouterConfig(3, Duration.ZERO, 1 << 20, 100), pool)) {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger accepted = new AtomicInteger();
        try (ExecutorService comers = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int i = 0; i < 40; i++) {
            StreamId id = StreamId.ofTerminal("139" + i, 1, Quality.MAIN);
            comers.submit(
                () -> {
                  start.await();
                  full.publish(id, new Source());
                  return accepted.incrementAndGet();
                });
          }
          start.countDown();
        }
        assertThat(accepted).hasValue(3);
        assertThat(full.streamCount()).isEqualTo(3);
        assertThat(full.refusedPublications()).isEqualTo(37);
      }
    }
  }

  @Test
  void soundIsForwardedInPacketsOfTwentyMilliseconds() throws Exception {
    Publication publication = publish();
    find().subscribe(sink);
    publication.audio(new AudioFrame(Codec.PCMA, ByteBuffer.allocate(320), 0, nanos));
    publication.audio(new AudioFrame(Codec.PCMA, ByteBuffer.allocate(320), 40_000, nanos));
    assertThat(sink.times()).containsExactly(0L, 20_000L, 40_000L, 60_000L);
    assertThat(find().audio()).isEqualTo(new AudioFormat(Codec.PCMA, 8000, 1));
  }

  @Test
  void soundThatNoBrowserTakesIsOnlyNamed() throws Exception {
    Publication publication = publish();
    find().subscribe(sink);
    publication.audio(new AudioFrame(Codec.G726, ByteBuffer.allocate(120), 0, nanos));
    assertThat(sink.blocks).isEmpty();
    assertThat(find().audio()).isEqualTo(new AudioFormat(Codec.G726, 8000, 1));
  }

  @Test
  void aGroupOfPicturesThatIsTooLongIsNotCached() throws Exception {
    Publication publication = publish();
    publication.video(picture(0, SPS, PPS, IDR));
    for (int i = 1; i <= 100; i++) {
      publication.video(picture(i * 40L, P));
    }
    find().subscribe(sink);
    assertThat(sink.blocks).isEmpty();
    publication.video(picture(5_000, SPS, PPS, IDR));
    assertThat(sink.blocks).hasSize(1);
  }

  @Test
  void aKeyframeWhoseParameterSetCannotBeReadIsWithheld() throws Exception {
    Publication publication = publish();
    find().subscribe(sink);
    publication.video(picture(0, hex("67ff"), PPS, IDR));
    publication.video(picture(40, P));
    assertThat(sink.blocks).isEmpty();
    publication.video(picture(80, SPS, PPS, IDR));
    assertThat(sink.times()).containsExactly(80_000L);
  }

  @Test
  void aCodecThatNobodyShowsIsNamed() throws Exception {
    Publication publication = publish();
    List<ByteBuffer> units = List.of(P);
    publication.video(new VideoFrame(Codec.OTHER_VIDEO, units, false, 0, nanos));
    assertThat(find().video())
        .isEqualTo(new VideoFormat(Codec.OTHER_VIDEO, "unknown", "", "", 0, 0, false));
  }

  private Publication publish() throws PublishRefusedException {
    return router.publish(ID, new Source());
  }

  private Stream find() {
    Stream stream = router.find(ID);
    if (stream == null) {
      throw new AssertionError("the stream is gone");
    }
    return stream;
  }

  private VideoFrame picture(long millis, ByteBuffer... nalUnits) {
    nanos += 40_000_000L;
    List<ByteBuffer> units = List.of(nalUnits);
    return new VideoFrame(Codec.H264, units, units.contains(IDR), millis * 1000, nanos);
  }

  private static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
  }

  private static final class Source implements Publisher {
    int superseded;

    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "tcp", "127.0.0.1:1");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {
      superseded++;
    }
  }

  private static final class RecordingSink implements BlockSink {
    final List<RtpBlock> blocks = new ArrayList<>();
    final List<String> calls = new ArrayList<>();

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      calls.add("begin");
      blocks.addAll(groupOfPictures);
    }

    @Override
    public void accept(RtpBlock block) {
      blocks.add(block);
    }

    @Override
    public void interrupted() {
      calls.add("interrupted");
    }

    @Override
    public void resumed() {
      calls.add("resumed");
    }

    @Override
    public void ended(String reason) {
      calls.add("ended: " + reason);
    }

    List<Long> times() {
      return blocks.stream().map(RtpBlock::timeMicros).toList();
    }

    void releaseAll() {
      blocks.forEach(RtpBlock::release);
      blocks.clear();
    }
  }

  private static final class News implements StreamListener {
    final List<String> heard = new ArrayList<>();

    @Override
    public void started(Stream stream) {
      heard.add("started");
    }

    @Override
    public void changed(Stream stream) {
      heard.add("changed");
    }

    @Override
    public void interrupted(Stream stream) {
      heard.add("interrupted");
    }

    @Override
    public void resumed(Stream stream) {
      heard.add("resumed");
    }

    @Override
    public void stopped(Stream stream, String reason) {
      heard.add("stopped: " + reason);
    }
  }
}
