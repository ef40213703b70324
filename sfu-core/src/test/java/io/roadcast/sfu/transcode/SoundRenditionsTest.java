package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.AdpcmEncoder;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SoundRenditionsTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final Duration SOON = Duration.ofSeconds(40);

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(2, Duration.ofSeconds(5), 1 << 20, 100), pool);
  private final TranscodeConfig config = TranscodeConfig.defaults();
  private final Transcoders transcoders = new Transcoders(config);
  private final SoundRenditions renditions =
      new SoundRenditions(transcoders, config, pool, stream -> Optional.empty());
  private final Listener listener = new Listener();
  private final AdpcmEncoder encoder = new AdpcmEncoder();
  private Publication publication;
  private long micros;

  @BeforeEach
  void publish() throws Exception {
    router.addListener(renditions);
    publication = router.publish(ID, new Camera());
  }

  @AfterEach
  void everythingIsReturned() {
    router.close();
    transcoders.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void oneTranscodeServesAllUntilTheLastOneLeaves() {
    Stream stream = publication.stream();
    stream.subscribe(listener);
    Renditions.Lease first = renditions.take(stream, Codec.OPUS);
    Renditions.Lease second = renditions.take(stream, Codec.OPUS);
    assertThat(transcoders.statistics().jobs()).as("sound is not known yet").isZero();
    feedUntilHeard(Codec.OPUS, 10);
    assertThat(transcoders.statistics().jobs()).isEqualTo(1);
    assertThat(listener.lastMicros.get(Codec.OPUS)).isBetween(0L, micros);
    first.close();
    first.close();
    feedUntilHeard(Codec.OPUS, 10);
    second.close();
    assertThat(transcoders.statistics().jobs()).isZero();
  }

  @Test
  void aChangeOfTheSourcesCodecGoesUnnoticed() {
    Stream stream = publication.stream();
    stream.subscribe(listener);
    try (Renditions.Lease lease = renditions.take(stream, Codec.PCMA)) {
      sendAlaw();
      assertThat(transcoders.statistics().jobs()).as("as it is wanted").isZero();
      feedUntilHeard(Codec.PCMA, 10);
      assertThat(transcoders.statistics().jobs()).isEqualTo(1);
      sendAlaw();
      assertThat(transcoders.statistics().jobs()).isZero();
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void whoTakesNoRenditionGetsNone() {
    Listener recorder = new Listener(false);
    publication.stream().subscribe(listener);
    publication.stream().subscribe(recorder);
    try (Renditions.Lease lease = renditions.take(publication.stream(), Codec.OPUS)) {
      feedUntilHeard(Codec.OPUS, 3);
      assertThat(recorder.blocks).isEmpty();
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void convertsWhatCanBeDecoded() {
    assertThat(renditions.converts(Codec.G726)).isTrue();
    assertThat(renditions.converts(Codec.OTHER_AUDIO)).isFalse();
    assertThat(renditions.converts(Codec.OPUS)).isFalse();
  }

  private void sendAlaw() {
    publication.audio(
        new AudioFrame(
            Codec.PCMA, ByteBuffer.wrap(new byte[320]), nextMicros(), System.nanoTime()));
  }

  private void feedUntilHeard(Codec codec, int count) {
    int goal = listener.blocks.getOrDefault(codec, 0) + count;
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              publication.audio(
                  new AudioFrame(
                      Codec.ADPCM,
                      ByteBuffer.wrap(encoder.encode(new short[320])),
                      nextMicros(),
                      System.nanoTime()));
              return listener.blocks.getOrDefault(codec, 0) >= goal;
            });
  }

  private long nextMicros() {
    micros += 40_000;
    return micros;
  }

  /** Counts what it gets. */
  private static final class Listener implements BlockSink {
    private final Map<Codec, Integer> blocks = new ConcurrentHashMap<>();
    private final Map<Codec, Long> lastMicros = new ConcurrentHashMap<>();
    private final boolean takesRenditions;

    Listener() {
      this(true);
    }

    Listener(boolean takesRenditions) {
      this.takesRenditions = takesRenditions;
    }

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      groupOfPictures.forEach(RtpBlock::release);
    }

    @Override
    public boolean takesRendition(Codec codec) {
      return takesRenditions;
    }

    @Override
    public void accept(RtpBlock block) {
      blocks.merge(block.codec(), 1, Integer::sum);
      lastMicros.put(block.codec(), block.timeMicros());
      block.release();
    }

    @Override
    public void interrupted() {}

    @Override
    public void resumed() {}

    @Override
    public void ended(String reason) {}
  }

  private static final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "none", "nowhere");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
