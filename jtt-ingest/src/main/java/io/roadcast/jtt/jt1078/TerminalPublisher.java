package io.roadcast.jtt.jt1078;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one channel of one connection, from its first complete frame on. When another
 * connection publishes the same stream, the newer wins and this one is told. Frames come on the
 * connection's thread; a {@link Publisher}'s methods may be called on any.
 */
final class TerminalPublisher implements Publisher, FrameSink {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalPublisher.class);

  /** How long to wait before asking again for room that the server did not have. */
  private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final StreamId id;
  private final SourceInfo source;
  private final Supplier<ExpectedSound> sound;
  private final Router router;
  private final IngestStatistics statistics;
  private final UplinkCounters counters;
  private final Runnable onSuperseded;
  private @Nullable Publication publication;
  private boolean refused;
  private long refusedAtNanos;
  private volatile boolean superseded;

  /**
   * @param sound what the terminal has said of its sound so far
   * @param onSuperseded called once, on any thread
   */
  TerminalPublisher(
      StreamId id,
      SourceInfo source,
      Supplier<ExpectedSound> sound,
      Router router,
      IngestStatistics statistics,
      UplinkCounters counters,
      Runnable onSuperseded) {
    this.id = id;
    this.source = source;
    this.sound = sound;
    this.router = router;
    this.statistics = statistics;
    this.counters = counters;
    this.onSuperseded = onSuperseded;
  }

  StreamId id() {
    return id;
  }

  /** Whether another connection publishes this stream now. */
  boolean isSuperseded() {
    return superseded;
  }

  @Override
  public void video(VideoFrame frame) {
    Publication open = publication(frame.receivedNanos());
    if (open == null) {
      return;
    }
    try {
      open.video(frame);
      open.captured(counters.captureOffsetMicros);
    } catch (MalformedMediaException e) {
      counters.pictureMalformed();
    }
  }

  @Override
  public void audio(AudioFrame frame) {
    Publication open = publication(frame.receivedNanos());
    if (open != null) {
      open.audio(frame);
    }
  }

  private @Nullable Publication publication(long nowNanos) {
    if (publication == null && !superseded && !recentlyRefused(nowNanos)) {
      publish(nowNanos);
    }
    if (publication == null) {
      statistics.dropped(DropReason.REFUSED_STREAM, 1);
    }
    return publication;
  }

  private boolean recentlyRefused(long nowNanos) {
    return refused && nowNanos - refusedAtNanos < REFUSAL_NANOS;
  }

  private void publish(long nowNanos) {
    try {
      publication = router.publish(id, this);
      LOG.info("[{}] published by {} {}", id, source.transport(), source.remote());
    } catch (PublishRefusedException e) {
      if (!refused) {
        LOG.warn("[{}] not published: {}", id, e.getMessage());
      }
      refused = true;
      refusedAtNanos = nowNanos;
    }
  }

  /** The connection is over. Called on its thread. */
  void close(String reason) {
    Publication open = publication;
    if (open != null) {
      publication = null;
      open.close(reason);
      if (!superseded) {
        LOG.info("[{}] no longer published by {}: {}", id, source.remote(), reason);
      }
    }
  }

  @Override
  public SourceInfo source() {
    return source;
  }

  @Override
  public ExpectedSound expectedSound() {
    return sound.get();
  }

  @Override
  public UplinkStatistics uplink() {
    long captureDelay = counters.captureDelayMillis;
    return new UplinkStatistics(
        counters.packets.sum(),
        counters.bytes.sum(),
        counters.gaps.sum(),
        counters.lostPackets.sum(),
        counters.damagedFrames.sum(),
        counters.skippedBytes.sum(),
        counters.timestampRepairs.sum(),
        captureDelay == CameraClock.UNKNOWN ? null : (Long) captureDelay);
  }

  @Override
  public void superseded() {
    superseded = true;
    LOG.info("[{}] taken over from {} by a newer connection", id, source.remote());
    onSuperseded.run();
  }
}
