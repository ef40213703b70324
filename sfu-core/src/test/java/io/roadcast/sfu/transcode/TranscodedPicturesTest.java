package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Decoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Renditions of pictures through real children, killed, stopped and fed with garbage. */
@Timeout(180)
class TranscodedPicturesTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final PictureProfile LOW = PictureProfile.parse("low=160x120@200k");
  private static final RouterConfig ROUTING =
      new RouterConfig(3, Duration.ofSeconds(5), 4 << 20, 1000);

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router = new Router(ROUTING, pool);
  private final Transcoders transcoders =
      new Transcoders(new TranscodeConfig(2, 2, 24_000, Duration.ZERO));
  private final TranscodedPictures pictures =
      new TranscodedPictures(transcoders, List.of(LOW), router, ROUTING, pool);
  private final Listener listener = new Listener();
  private final List<List<ByteBuffer>> camera = camera();
  private Publication publication;
  private int sent;

  @BeforeEach
  void publish() throws Exception {
    publication = router.publish(ID, new TestSource());
  }

  @AfterEach
  void everythingIsReturned() {
    listener.release();
    router.close();
    transcoders.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
    assertThat(Children.running()).as("processes left behind").isEmpty();
  }

  @Test
  void oneTranscodeServesAllUntilTheLastOneLeaves() throws Exception {
    feed(30);
    PictureRenditions.Lease first = pictures.take(publication.stream(), "low").orElseThrow();
    PictureRenditions.Lease second = pictures.take(publication.stream(), "low").orElseThrow();
    assertThat(first.stream()).isSameAs(second.stream());
    assertThat(transcoders.statistics().jobs()).isEqualTo(1);
    first.stream().subscribe(listener);
    await().atMost(SOON).until(() -> listener.count() >= 1);
    RtpBlock shownAtOnce = listener.blocks.getFirst();
    assertThat(shownAtOnce.keyframe()).isTrue();
    assertThat(shownAtOnce.timeMicros()).as("the latest picture").isEqualTo(29 * 40_000L);
    feedUntilMade(20);
    assertThat(listener.blocks)
        .extracting(RtpBlock::timeMicros)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(time -> time % 40_000 == 0);
    Listener later = new Listener();
    second.stream().subscribe(later);
    await().atMost(SOON).until(() -> later.count() > 0);
    assertThat(later.blocks.getFirst().keyframe()).as("from the cache").isTrue();
    second.stream().unsubscribe(later);
    assertThat(decoded()).allMatch(picture -> picture.width() == 160);
    first.close();
    first.close();
    feedUntilMade(5);
    second.close();
    later.release();
    await().atMost(SOON).until(() -> transcoders.statistics().children() == 0);
    assertThat(transcoders.statistics().jobs()).isZero();
    assertThat(transcoders.statistics().died()).isZero();
    assertThat(pictures.delays().count()).isGreaterThan(20);
  }

  @Test
  void thereAreAsManyAsAllowed() throws Exception {
    feed(1);
    StreamId other = StreamId.ofTerminal("13912345678", 2, Quality.MAIN);
    StreamId third = StreamId.ofTerminal("13912345678", 3, Quality.MAIN);
    Publication second = router.publish(other, new TestSource());
    Publication last = router.publish(third, new TestSource());
    send(second, 0, camera.getFirst());
    send(last, 0, camera.getFirst());
    PictureRenditions.Lease one = pictures.take(publication.stream(), "low").orElseThrow();
    PictureRenditions.Lease two = pictures.take(second.stream(), "low").orElseThrow();
    assertThat(pictures.take(last.stream(), "low")).isEmpty();
    assertThat(transcoders.statistics().refusedJobs()).isEqualTo(1);
    PictureRenditions.Lease shared = pictures.take(second.stream(), "low").orElseThrow();
    one.close();
    PictureRenditions.Lease now = pictures.take(last.stream(), "low").orElseThrow();
    List.of(two, shared, now).forEach(PictureRenditions.Lease::close);
  }

  @Test
  void nothingIsMadeOfWhatIsGoodEnough() throws Exception {
    feed(1);
    assertThat(pictures.format(publication.stream(), PictureRenditions.PLAIN)).isEmpty();
    assertThat(pictures.format(publication.stream(), "unknown")).isEmpty();
    assertThat(pictures.knows("low")).isTrue();
    assertThat(pictures.format(publication.stream(), "low"))
        .hasValueSatisfying(format -> assertThat(format.width()).isEqualTo(160));
  }

  @Test
  void aChildThatIsKilledCostsLessThanThreeSeconds() throws Exception {
    try (PictureRenditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      Children.kill(transcoders.pids().getFirst());
      assertOutage("child killed");
      assertThat(transcoders.statistics().died()).isEqualTo(1);
      assertThat(transcoders.statistics().started()).isEqualTo(2);
    }
  }

  @Test
  void aChildThatIsStoppedCostsLessThanThreeSeconds() throws Exception {
    try (PictureRenditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      Children.stop(transcoders.pids().getFirst());
      assertOutage("child stopped");
      assertThat(transcoders.statistics().hung()).isEqualTo(1);
    }
  }

  @Test
  void garbageIsCountedAndCostsLessThanThreeSeconds() throws Exception {
    Random random = new Random(1);
    try (PictureRenditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      for (int i = 0; i < 25; i++) {
        byte[] noise = new byte[3000];
        random.nextBytes(noise);
        noise[0] = (byte) (i % 5 == 0 ? 0x65 : 0x41);
        send(publication, nextMicros(), List.of(ByteBuffer.wrap(noise)));
      }
      assertOutage("garbage");
      await().atMost(SOON).until(() -> transcoders.statistics().damagedFrames() > 0);
      assertThat(transcoders.statistics().died()).isZero();
    }
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void aHundredStartsAndStopsLeaveNothingBehind() throws Exception {
    feed(30);
    cycle();
    int descriptors = Children.descriptors();
    int threads = Thread.activeCount();
    for (int i = 0; i < 50; i++) {
      cycle();
    }
    long residentKilobytes = Children.residentKilobytes();
    for (int i = 0; i < 50; i++) {
      cycle();
    }
    long later = Children.residentKilobytes();
    System.out.printf("after 50 and 100 cycles: %d and %d KB%n", residentKilobytes, later);
    assertThat(later - residentKilobytes)
        .as("KB that the server grew by over the second fifty")
        .isLessThan(10_000);
    assertThat(Children.running()).isEmpty();
    assertThat(transcoders.statistics().died()).isZero();
    await().atMost(SOON).until(() -> Thread.activeCount() <= threads + 1);
    await().atMost(SOON).until(() -> Children.descriptors() <= descriptors + 3);
    await().atMost(SOON).until(() -> router.streams().size() == 1);
  }

  private void cycle() {
    try (PictureRenditions.Lease lease = pictures.take(publication.stream(), "low").orElseThrow()) {
      Listener once = new Listener();
      lease.stream().subscribe(once);
      await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> once.count() > 0);
      lease.stream().unsubscribe(once);
      once.release();
    }
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> transcoders.statistics().children() == 0);
  }

  private PictureRenditions.Lease begin() throws Exception {
    feed(30);
    PictureRenditions.Lease lease = pictures.take(publication.stream(), "low").orElseThrow();
    lease.stream().subscribe(listener);
    feedUntilMade(10);
    return lease;
  }

  /** Goes on at the camera's pace until pictures come that were sent after now. */
  private void assertOutage(String what) {
    long from = sent * 40_000L;
    Outage.assertShort(
        "pictures, " + what,
        () -> {
          feed(1);
          return listener.last() >= from;
        });
    feedUntilMade(10);
    assertThat(listener.blocks).extracting(RtpBlock::timeMicros).isSorted();
    assertThat(decoded()).isNotEmpty();
  }

  private void feedUntilMade(int count) {
    int goal = listener.count() + count;
    await()
        .atMost(SOON)
        .pollInterval(Outage.PACE)
        .until(
            () -> {
              feed(1);
              return listener.count() >= goal;
            });
  }

  private void feed(int frames) throws MalformedMediaException {
    for (int i = 0; i < frames; i++) {
      List<ByteBuffer> units = camera.get(sent % camera.size());
      send(publication, nextMicros(), units);
    }
  }

  private long nextMicros() {
    return sent++ * 40_000L;
  }

  private static void send(Publication to, long micros, List<ByteBuffer> units)
      throws MalformedMediaException {
    boolean keyframe = units.stream().anyMatch(unit -> (unit.get(0) & 0x1f) == 5);
    to.video(new VideoFrame(Codec.H264, units, keyframe, micros, System.nanoTime()));
  }

  private static List<List<ByteBuffer>> camera() {
    List<List<ByteBuffer>> frames = new ArrayList<>();
    try {
      for (EncodedPicture picture : TestPictures.twoSeconds()) {
        frames.add(AnnexB.split(ByteBuffer.wrap(picture.annexB())));
      }
    } catch (MalformedMediaException e) {
      throw new IllegalStateException(e);
    }
    return frames;
  }

  private List<I420Picture> decoded() {
    List<I420Picture> shown = new ArrayList<>();
    PictureReader reader = new PictureReader();
    List<RtpBlock> blocks = List.copyOf(listener.blocks);
    try (H264Decoder decoder = new H264Decoder()) {
      for (RtpBlock block : blocks) {
        ByteBuffer annexB = reader.read(block);
        byte[] bytes = new byte[annexB.remaining()];
        annexB.get(bytes);
        shown.addAll(decoder.decode(bytes));
      }
      shown.addAll(decoder.drain());
    } catch (MalformedMediaException e) {
      throw new IllegalStateException(e);
    }
    assertThat(shown).hasSameSizeAs(blocks);
    return shown;
  }

  /** Keeps what it gets. */
  private static final class Listener implements BlockSink {
    private final List<RtpBlock> blocks = new CopyOnWriteArrayList<>();

    int count() {
      return blocks.size();
    }

    long last() {
      return blocks.isEmpty() ? -1 : blocks.getLast().timeMicros();
    }

    void release() {
      blocks.forEach(RtpBlock::release);
      blocks.clear();
    }

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      blocks.addAll(groupOfPictures);
    }

    @Override
    public void accept(RtpBlock block) {
      blocks.add(block);
    }

    @Override
    public void interrupted() {}

    @Override
    public void resumed() {}

    @Override
    public void ended(String reason) {}
  }
}
