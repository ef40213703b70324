package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.SoundEncoder;
import io.roadcast.media.ffmpeg.SoundEncoders;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  private SoundEncoder encoder = SoundEncoders.of(SoundCoding.of(Codec.ADPCM), 40);
  private Codec spoken = Codec.ADPCM;
  private Publication publication;
  private long micros;

  @BeforeEach
  void publish() throws Exception {
    router.addListener(renditions);
    publication = router.publish(ID, new TestSource());
  }

  @AfterEach
  void everythingIsReturned() {
    encoder.close();
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

  @Test
  void aChildThatIsKilledCostsLessThanThreeSeconds() {
    try (Renditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      Children.kill(transcoders.pids().getFirst());
      assertOutage("child killed");
      assertThat(transcoders.statistics().died()).isEqualTo(1);
      assertThat(transcoders.statistics().started()).isEqualTo(2);
    }
  }

  @Test
  void aChildThatIsStoppedCostsLessThanThreeSeconds() throws Exception {
    try (Renditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      Children.stop(transcoders.pids().getFirst());
      assertOutage("child stopped");
      assertThat(transcoders.statistics().hung()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADPCM", "AAC", "MP3", "AMR"})
  void garbageIsCountedAndCostsLessThanThreeSeconds(Codec codec) {
    speak(codec);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    try (Renditions.Lease lease = begin()) {
      assertThat(lease).isNotNull();
      for (int i = 0; i < 25; i++) {
        byte[] noise = new byte[random.nextInt(20, 600)];
        random.nextBytes(noise);
        send(noise);
      }
      assertOutage("garbage in " + codec);
      await().atMost(SOON).until(() -> transcoders.statistics().damagedFrames() > 0);
      assertThat(transcoders.statistics().died()).isZero();
    }
  }

  private Renditions.Lease begin() {
    publication.stream().subscribe(listener);
    Renditions.Lease lease = renditions.take(publication.stream(), Codec.OPUS);
    feedUntilHeard(Codec.OPUS, 10);
    return lease;
  }

  /** Goes on at the microphone's pace until sound comes that was sent after now. */
  private void assertOutage(String what) {
    long from = micros;
    Outage.assertShort(
        "sound, " + what,
        () -> {
          sendNext();
          return listener.lastMicros.getOrDefault(Codec.OPUS, -1L) >= from;
        });
    feedUntilHeard(Codec.OPUS, 10);
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
              sendNext();
              return listener.blocks.getOrDefault(codec, 0) >= goal;
            });
  }

  /** From now on the microphone's sound is coded like this, at first as ADPCM. */
  private void speak(Codec codec) {
    encoder.close();
    spoken = codec;
    encoder = SoundEncoders.of(SoundCoding.of(codec), 40);
  }

  private void sendNext() {
    for (SoundEncoder.Coded coded : encoder.encode(new short[encoder.blockSamples()])) {
      SoundFraming header = spoken == Codec.AAC ? SoundFraming.ADTS : SoundFraming.NONE;
      send(header.around(coded.bytes(), encoder.sampleRate()));
    }
  }

  private void send(byte[] block) {
    long step = encoder.blockSamples() * 1_000_000L / encoder.sampleRate();
    micros += step;
    publication.audio(new AudioFrame(spoken, ByteBuffer.wrap(block), micros, System.nanoTime()));
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
}
