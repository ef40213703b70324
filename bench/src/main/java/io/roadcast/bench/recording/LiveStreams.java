package io.roadcast.bench.recording;

import com.sun.management.OperatingSystemMXBean;
import io.roadcast.bench.child.ScratchDirectory;
import io.roadcast.bench.picture.CodedPictures;
import io.roadcast.bench.sound.CodedSound;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Recorder;
import io.roadcast.recorder.record.RecorderConfig;
import io.roadcast.recorder.record.RecorderStatistics;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import io.roadcast.sfu.transcode.SoundRenditions;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.Transcoders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Streams that are live in this process, and a recorder beside them if wanted. One thread. */
final class LiveStreams implements Publisher, AutoCloseable {
  private static final long FIRST_TERMINAL = 14_000_000_000L;
  private static final long PICTURE_NANOS = 40_000_000L;
  private static final int KILO = 1024;
  private static final long DRAIN_NANOS = 10_000_000_000L;

  /** Whether the streams are recorded. */
  enum Recording {
    OFF,
    ON
  }

  private final Film film;
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 64 << 20);
  private final Router router =
      new Router(new RouterConfig(1000, Duration.ofSeconds(10), 1 << 23, 2400), pool);
  private final TranscodeConfig transcoding = TranscodeConfig.defaults();
  private final Transcoders transcoders = new Transcoders(transcoding);
  private final ScratchDirectory scratch = ScratchDirectory.create("roadcast-recordings-");
  private final @Nullable Recorder recorder;
  private final List<Publication> publications = new ArrayList<>();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long startNanos = System.nanoTime();
  private long ticks;
  private long sounds;

  LiveStreams(Film film, int count, Recording recording) throws Exception {
    this.film = film;
    SoundRenditions renditions =
        new SoundRenditions(transcoders, transcoding, pool, stream -> Optional.empty());
    router.addListener(renditions);
    recorder =
        recording == Recording.OFF
            ? null
            : Recorder.start(
                config(scratch.path()),
                router,
                segment -> true,
                segment -> {},
                stream -> Owner.nobody(),
                new Recorder.Surroundings(
                    new DiskGuard(() -> Long.MAX_VALUE, 0), InstantSource.system(), renditions));
    for (int i = 0; i < count; i++) {
      publications.add(
          router.publish(StreamId.parse(FIRST_TERMINAL + i + "-1", Quality.MAIN), this));
    }
  }

  /** As a server has it by default, but that nothing waits for a full disk. */
  private static RecorderConfig config(Path directory) {
    return new RecorderConfig(
        directory, Duration.ofMinutes(10), Duration.ofMinutes(5), 4 << 20, 1, 0, Seals.none());
  }

  /** Goes on with the film for so long and says what that cost. */
  RecordingCost measure(int seconds) throws IOException {
    int count = publications.size();
    long cpu = system.getProcessCpuTime();
    Duration childCpu = transcoders.statistics().cpu();
    long end = ticks + seconds * 1_000_000_000L / PICTURE_NANOS;
    while (ticks < end) {
      tick();
    }
    double per = 1.0 / seconds / count;
    double used = (system.getProcessCpuTime() - cpu) / 1e9 * per;
    double childUsed = transcoders.statistics().cpu().minus(childCpu).toNanos() / 1e9 * per;
    System.gc();
    Runtime heap = Runtime.getRuntime();
    return new RecordingCost(
        used, childUsed, heap.totalMemory() - heap.freeMemory(), outsideHeap(), lost());
  }

  /** Pictures of all streams at that moment, each stream in its part of the interval. */
  private void tick() {
    long due = startNanos + ticks * PICTURE_NANOS;
    List<CodedPictures.Unit> units = film.pictures().units();
    for (int i = 0; i < publications.size(); i++) {
      long phase = PICTURE_NANOS * i / publications.size();
      LockSupport.parkNanos(due + phase - System.nanoTime());
      // Keyframes of all streams at once would be a load of their own.
      publish(publications.get(i), units.get((int) ((ticks + i * 7L) % units.size())), due + phase);
    }
    ticks++;
    sound(due);
  }

  private void publish(Publication to, CodedPictures.Unit unit, long nanos) {
    try {
      to.video(new VideoFrame(Codec.H264, unit.nalUnits(), unit.keyframe(), micros(nanos), nanos));
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("our own picture", e);
    }
  }

  private void sound(long nanos) {
    CodedSound sound = film.sound();
    Codec codec = film.codec();
    if (sound == null || codec == null) {
      return;
    }
    while (sounds * sound.frameMicros() < micros(nanos)) {
      byte[] frame = sound.frames().get((int) (sounds % sound.frames().size()));
      long micros = sounds++ * sound.frameMicros();
      for (Publication each : publications) {
        each.audio(
            new AudioFrame(codec, ByteBuffer.wrap(frame), micros, startNanos + micros * 1000));
      }
    }
  }

  private long micros(long nanos) {
    return (nanos - startNanos) / 1000;
  }

  /** Pictures before a stream's first keyframe are not recorded, and not lost. */
  private long lost() {
    if (recorder == null) {
      return 0;
    }
    RecorderStatistics statistics = recorder.statistics();
    return statistics.droppedFrames() + statistics.damagedFrames() + statistics.failures();
  }

  private static long outsideHeap() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KILO
            - Runtime.getRuntime().totalMemory();
      }
    }
    throw new IOException("the system does not say how much memory a process has");
  }

  @Override
  public SourceInfo source() {
    return new SourceInfo("bench", "memory", "");
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {
    throw new IllegalStateException("nobody else publishes");
  }

  @Override
  public void close() throws IOException {
    publications.forEach(Publication::close);
    if (recorder != null) {
      recorder.close();
    }
    router.close();
    transcoders.close();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    while (pool.blocksInUse() != 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(PICTURE_NANOS);
    }
    if (pool.blocksInUse() != 0) {
      throw new IllegalStateException(pool.blocksInUse() + " blocks were not given back");
    }
    pool.close();
    scratch.close();
  }
}
