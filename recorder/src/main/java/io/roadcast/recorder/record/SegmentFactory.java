package io.roadcast.recorder.record;

import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.store.Seals;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins segments where they belong, and ends them off the writers' threads. */
final class SegmentFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentFactory.class);

  /** Room before the first picture for sound that was heard a moment earlier, in ticks. */
  private static final long SOUND_LEAD_TICKS = 45_000;

  private final SegmentPlaces places;
  private final Ring ring;
  private final Duration duration;
  private final DiskGuard guard;
  private final InstantSource clock;
  private final Function<StreamId, Owner> owners;
  private final Executor finisher;
  private final Seals seals;

  /**
   * @param owners whose a stream is at this moment; must not block
   * @param finisher where segments are brought to the disk for good
   */
  SegmentFactory(
      SegmentPlaces places,
      Ring ring,
      RecorderConfig config,
      Recorder.Surroundings surroundings,
      Function<StreamId, Owner> owners,
      Executor finisher) {
    this.places = places;
    this.ring = ring;
    this.duration = config.segment();
    this.guard = surroundings.guard();
    this.clock = surroundings.clock();
    this.owners = owners;
    this.finisher = finisher;
    this.seals = config.seals();
  }

  /**
   * @param aacConfig null for no sound
   * @param timeMicros of the first picture on the stream's timeline
   * @throws IOException if the disk does not take it
   */
  SegmentWriter begin(
      StreamId stream,
      FragmentMuxer.Video video,
      VideoFormat format,
      byte @Nullable [] aacConfig,
      Instant at,
      long timeMicros)
      throws IOException {
    UUID id = TimeOrderedId.next();
    String quality = stream.quality().label();
    Path file = places.ring(stream.name(), quality, id, seals.form());
    Files.createDirectories(file.getParent());
    guard.demandRoom();
    Segment begun =
        new Segment(
            id,
            stream.name(),
            quality,
            owners.apply(stream),
            at,
            at,
            format.codec().name().toLowerCase(Locale.ROOT),
            format.width(),
            format.height(),
            aacConfig == null ? null : "aac",
            aacConfig == null ? 0 : SOUND_LEAD_TICKS,
            0,
            0,
            List.of(),
            places.place(file),
            null,
            SegmentState.RECORDING,
            Keeping.USUAL);
    FragmentMuxer muxer =
        new FragmentMuxer(
            video,
            aacConfig == null
                ? null
                : new FragmentMuxer.Sound(SoundTrack.SAMPLE_RATE, 1, aacConfig));
    SegmentWriter writer = create(file, begun, format, timeMicros, muxer);
    boolean known = false;
    try {
      ring.begun(writer);
      known = true;
      return writer;
    } finally {
      if (!known) {
        writer.abandon();
      }
    }
  }

  private SegmentWriter create(
      Path file, Segment begun, VideoFormat format, long timeMicros, FragmentMuxer muxer)
      throws IOException {
    boolean created = false;
    try {
      SegmentWriter writer =
          new SegmentWriter(
              file, begun, format, timeMicros, boundaryAfter(begun.from()), muxer, seals);
      created = true;
      return writer;
    } finally {
      if (!created) {
        muxer.close();
        Files.deleteIfExists(file);
      }
    }
  }

  /** The next multiple of a segment's duration since midnight UTC, 1 January 1970. */
  private Instant boundaryAfter(Instant at) {
    long step = duration.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(at.toEpochMilli(), step) + 1) * step);
  }

  /** As the server's clock tells. */
  Instant now() {
    return clock.instant();
  }

  /**
   * @throws IOException if nothing may be written now
   */
  void demandRoom() throws IOException {
    guard.demandRoom();
  }

  void finish(SegmentWriter writer) {
    writer.end();
    try {
      finisher.execute(() -> ring.finished(writer));
    } catch (RejectedExecutionException ending) {
      LOG.warn("[recorder] {} is finished at the next start", writer.segment().id());
    }
  }
}
