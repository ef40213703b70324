package io.roadcast.recorder.record;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.ffmpeg.FfmpegException;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream on its way into segments. Used by its writer's thread.
 *
 * <p>A picture is written when the next one is there, because only then its duration is known. A
 * fragment ends before each keyframe, and when 0.7 s are in it: with the picture that waits and the
 * writer's interval that stays below a second.
 */
final class StreamRecording {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRecording.class);
  private static final long FRAGMENT_TICKS = 63_000;
  private static final long USUAL_TICKS = 3_600;
  private static final long GAP_TICKS = 2 * 90_000;
  private static final long STALL_NANOS = 1_000_000_000;
  private static final long PAUSE_NANOS = 5_000_000_000L;

  /** Between what the stream's time says and the clock; beyond it one of them was set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final StreamId stream;
  private final SegmentFactory factory;
  private final RecorderCounters counters;

  private final Prelude prelude = new Prelude();
  private @Nullable PictureReader reader;
  private @Nullable SoundTrack sound;
  private @Nullable SegmentWriter segment;
  private @Nullable Held held;
  private boolean soundHeard;
  private boolean soundJumped;
  private boolean anchored;
  private long anchorMicros;
  private Instant anchorAt = Instant.EPOCH;
  private long lastTicks = USUAL_TICKS;
  private long flushedNanos;
  private long pausedUntilNanos;
  private boolean paused;

  /** The picture whose duration is not known yet. */
  private record Held(ByteBuffer annexB, boolean keyframe, long ticks) {}

  StreamRecording(StreamId stream, SegmentFactory factory, RecorderCounters counters) {
    this.stream = stream;
    this.factory = factory;
    this.counters = counters;
  }

  /** Takes the next block, borrowed for the call. */
  void block(RtpBlock block) {
    if (prelude.holds(block)) {
      return;
    }
    soundHeard |= isSound(block);
    endPrelude();
    take(block);
  }

  private static boolean isSound(RtpBlock block) {
    return block.codec() == Codec.PCMA || block.codec() == Codec.PCMU;
  }

  private void endPrelude() {
    for (RtpBlock held : prelude.end()) {
      try {
        take(held);
      } finally {
        held.release();
      }
    }
  }

  private void take(RtpBlock block) {
    try {
      if (block.codec().medium() == Medium.VIDEO) {
        picture(block);
      } else if (isSound(block)) {
        sound(block);
      }
    } catch (MalformedMediaException damaged) {
      counters.damaged.increment();
      broken();
    } catch (IOException | FfmpegException failure) {
      failed(failure);
    }
  }

  private void picture(RtpBlock block) throws IOException, MalformedMediaException {
    PictureReader pictures = reader;
    if (pictures == null || pictures.codec() != block.codec()) {
      pictures = new PictureReader(block.codec());
      reader = pictures;
    }
    if (segment == null && !block.keyframe()) {
      return;
    }
    PictureReader.Picture picture = pictures.read(block);
    if (block.keyframe()) {
      place(block, pictures, picture);
    }
    SegmentWriter open = segment;
    if (open == null) {
      return;
    }
    long before = held == null ? Long.MIN_VALUE : held.ticks;
    long ticks = Math.max(open.ticks(block.timeMicros()), before + 1);
    release(open, ticks);
    if (block.keyframe()
        || (open.fragmentTicks() >= 0 && ticks - open.fragmentTicks() >= FRAGMENT_TICKS)) {
      flush(open);
    }
    held = new Held(picture.annexB(), block.keyframe(), ticks);
  }

  /** Sees to it that the segment that is open is the one that this keyframe belongs into. */
  private void place(RtpBlock block, PictureReader pictures, PictureReader.Picture picture)
      throws IOException {
    VideoFormat format = pictures.format().orElse(null);
    if (format == null) {
      broken();
      return;
    }
    Instant received = factory.now().minusNanos(System.nanoTime() - block.receivedNanos());
    boolean another =
        !anchored
            || Duration.between(at(block.timeMicros()), received).abs().compareTo(TOLERANCE) > 0;
    if (another) {
      broken();
      anchored = true;
      anchorMicros = block.timeMicros();
      // As exactly as the catalogue keeps it.
      anchorAt = received.truncatedTo(ChronoUnit.MICROS);
    }
    Instant at = at(block.timeMicros());
    SegmentWriter open = segment;
    if (open != null && open.fits(format, soundHeard, at) && !soundJumped) {
      return;
    }
    if (open != null) {
      release(open, Math.max(open.ticks(block.timeMicros()), heldTicks() + 1));
      finish();
    }
    if (paused && System.nanoTime() - pausedUntilNanos < 0) {
      counters.dropped.increment();
      return;
    }
    paused = false;
    begin(format, picture, at, block.timeMicros());
  }

  private long heldTicks() {
    Held waiting = held;
    return waiting == null ? -1 : waiting.ticks;
  }

  private void begin(VideoFormat format, PictureReader.Picture picture, Instant at, long timeMicros)
      throws IOException {
    if (soundJumped || !soundHeard) {
      endSound();
    }
    if (soundHeard && sound == null) {
      sound = new SoundTrack();
    }
    byte[] sets = new byte[picture.parameterSets().remaining()];
    picture.parameterSets().duplicate().get(sets);
    FragmentMuxer.Video video =
        new FragmentMuxer.Video(format.codec(), format.width(), format.height(), sets);
    segment =
        factory.begin(stream, video, format, sound == null ? null : sound.config(), at, timeMicros);
    counters.segments.increment();
    flushedNanos = System.nanoTime();
  }

  private void sound(RtpBlock block) {
    soundHeard = true;
    SoundTrack track = sound;
    SegmentWriter open = segment;
    if (track == null || open == null || !open.hasSound() || soundJumped) {
      return;
    }
    if (!track.accept(block, open::sound)) {
      soundJumped = true;
      counters.soundJumps.increment();
    }
  }

  private Instant at(long timeMicros) {
    return anchorAt.plusNanos((timeMicros - anchorMicros) * 1000);
  }

  /** Writes the picture that waited, now that the next one's time is known. */
  private void release(SegmentWriter open, long nextTicks) {
    Held waiting = held;
    if (waiting == null) {
      return;
    }
    held = null;
    long duration = nextTicks - waiting.ticks;
    if (duration > GAP_TICKS) {
      open.gap(waiting.ticks + lastTicks, nextTicks);
    } else {
      lastTicks = duration;
    }
    open.picture(waiting.annexB, waiting.keyframe, waiting.ticks, duration);
    counters.frames.increment();
  }

  private void flush(SegmentWriter open) throws IOException {
    factory.demandRoom();
    long before = open.segment().bytes();
    open.flush();
    counters.bytes.add(open.segment().bytes() - before);
    flushedNanos = System.nanoTime();
  }

  /** Called now and then: what has waited for a second is written even if nothing more comes. */
  void tick(long nowNanos) {
    if (prelude.stale(nowNanos)) {
      endPrelude();
    }
    SegmentWriter open = segment;
    if (open != null && open.fragmentTicks() >= 0 && nowNanos - flushedNanos > STALL_NANOS) {
      try {
        flush(open);
      } catch (IOException | FfmpegException failure) {
        failed(failure);
      }
    }
  }

  /** What comes next does not follow what came before: the segment ends. */
  void broken() {
    endPrelude();
    SegmentWriter open = segment;
    if (open != null) {
      try {
        release(open, heldTicks() + lastTicks);
        finish();
      } catch (IOException | FfmpegException failure) {
        failed(failure);
      }
    }
    held = null;
    endSound();
    anchored = false;
  }

  private void finish() throws IOException {
    SegmentWriter open = segment;
    if (open != null) {
      flush(open);
      segment = null;
      factory.finish(open);
    }
  }

  /** Gives the segment up as it is, and waits a little before the next one. */
  void failed(Exception failure) {
    counters.failures.increment();
    LOG.warn("[recorder] {}: writing failed, it goes on later: {}", stream, failure.toString());
    SegmentWriter open = segment;
    segment = null;
    held = null;
    endSound();
    anchored = false;
    paused = true;
    pausedUntilNanos = System.nanoTime() + PAUSE_NANOS;
    if (open != null) {
      factory.finish(open);
    }
  }

  private void endSound() {
    if (sound != null) {
      sound.close();
      sound = null;
    }
    soundJumped = false;
  }

  boolean writing() {
    return segment != null;
  }
}
