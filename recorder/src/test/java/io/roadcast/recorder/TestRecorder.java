package io.roadcast.recorder;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.KeepRule;
import io.roadcast.recorder.record.Recorder;
import io.roadcast.recorder.record.RecorderConfig;
import io.roadcast.recorder.record.SegmentListener;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A router, and a recorder of short segments behind it. */
public final class TestRecorder implements AutoCloseable {
  public static final StreamId STREAM = StreamId.parse("13912345678-1", Quality.MAIN);

  public final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  public final Router router;
  public final Recorder recorder;

  public TestRecorder(Path directory, KeepRule rule, SegmentListener listener) throws IOException {
    this(config(directory), rule, listener);
  }

  public TestRecorder(RecorderConfig config, KeepRule rule, SegmentListener listener)
      throws IOException {
    router = new Router(new RouterConfig(100, Duration.ofSeconds(10), 1 << 23, 2400), pool);
    recorder = Recorder.start(config, router, rule, listener, stream -> Owner.nobody());
  }

  /** With a clock that can be set. */
  public TestRecorder(
      RecorderConfig config, KeepRule rule, SegmentListener listener, InstantSource clock)
      throws IOException {
    router = new Router(new RouterConfig(100, Duration.ofSeconds(10), 1 << 23, 2400), pool);
    recorder =
        Recorder.start(
            config,
            router,
            rule,
            listener,
            stream -> Owner.nobody(),
            new Recorder.Surroundings(new DiskGuard(() -> Long.MAX_VALUE, 0), clock));
  }

  public static RecorderConfig config(Path directory) {
    return config(directory, Seals.none());
  }

  public static RecorderConfig config(Path directory, Seals seals) {
    return new RecorderConfig(
        directory, Duration.ofMinutes(10), Duration.ofSeconds(3), 16 << 20, 1, 1 << 20, seals);
  }

  public List<Segment> complete() {
    return recorder.ring().segments().stream()
        .filter(segment -> segment.state() == SegmentState.COMPLETE)
        .toList();
  }

  @Override
  public void close() {
    recorder.close();
    router.close();
    if (pool.blocksInUse() != 0) {
      throw new AssertionError(pool.blocksInUse() + " blocks left: " + pool.leaks().values());
    }
    pool.close();
  }
}
