package io.roadcast.bench.sound;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
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
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import io.roadcast.sfu.transcode.SoundRenditions;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.Transcoders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * From the moment a frame of sound is handed to its stream until what was made of its end comes
 * back from the child process.
 */
record ChildDelay(double medianMillis, double highMillis) {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final double NANOS_PER_MILLI = 1e6;

  /** What came before the child was there and warm. */
  private static final Duration BEFORE = Duration.ofSeconds(2);

  static ChildDelay measure(SoundCoding coding, CodedSound sound, int seconds) throws Exception {
    TranscodeConfig config = TranscodeConfig.defaults();
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    try (Router router = new Router(new RouterConfig(1, Duration.ZERO, 1 << 20, 10), pool);
        Transcoders transcoders = new Transcoders(config)) {
      SoundRenditions renditions =
          new SoundRenditions(transcoders, config, pool, stream -> Optional.of(coding));
      router.addListener(renditions);
      Publication publication = router.publish(ID, new Camera());
      Arrivals arrivals = new Arrivals();
      publication.stream().subscribe(arrivals);
      try (Renditions.Lease lease = renditions.take(publication.stream(), renditionOf(coding))) {
        feed(publication, coding.codec(), sound, seconds, arrivals);
        return of(List.copyOf(arrivals.delays));
      }
    }
  }

  /**
   * @param nanos in any order
   */
  static ChildDelay of(List<Long> nanos) {
    if (nanos.isEmpty()) {
      throw new IllegalStateException("nothing came back");
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    return new ChildDelay(
        sorted.get(sorted.size() / 2) / NANOS_PER_MILLI,
        sorted.get(sorted.size() * 99 / 100) / NANOS_PER_MILLI);
  }

  private static Codec renditionOf(SoundCoding coding) {
    return coding.codec() == Codec.OPUS ? Codec.PCMA : Codec.OPUS;
  }

  private static void feed(
      Publication publication, Codec codec, CodedSound sound, int seconds, Arrivals arrivals) {
    long start = System.nanoTime();
    long counted = BEFORE.toNanos();
    long end = counted + seconds * 1_000_000_000L;
    for (int i = 0; i < sound.frames().size(); i++) {
      long due = start + i * sound.frameMicros() * 1000;
      if (due - start > end) {
        return;
      }
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      arrivals.handedOver = System.nanoTime();
      arrivals.counts = due - start > counted;
      arrivals.first = true;
      publication.audio(
          new AudioFrame(
              codec,
              ByteBuffer.wrap(sound.frames().get(i)),
              i * sound.frameMicros(),
              System.nanoTime()));
    }
  }

  /** Notes when the blocks of each frame are back. */
  private static final class Arrivals implements BlockSink {
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private volatile long handedOver;
    private volatile boolean counts;
    private volatile boolean first;

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      groupOfPictures.forEach(RtpBlock::release);
    }

    @Override
    public boolean takesSound(Codec codec) {
      return false;
    }

    @Override
    public boolean takesRendition(Codec codec) {
      return true;
    }

    @Override
    public void accept(RtpBlock block) {
      if (counts && first) {
        first = false;
        delays.add(System.nanoTime() - handedOver);
      }
      block.release();
    }

    @Override
    public void interrupted() {
      // It is never.
    }

    @Override
    public void resumed() {
      // It was never away.
    }

    @Override
    public void ended(String reason) {
      // The measurement is over.
    }
  }

  private static final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("bench", "none", "nowhere");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {
      // Nobody else publishes.
    }
  }
}
