package io.roadcast.recorder.playback;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.mp4.CodecSetup;
import io.roadcast.media.mp4.FragmentSamples;
import io.roadcast.media.mp4.FragmentSamples.Sample;
import io.roadcast.media.mp4.MovieHeader;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.SegmentSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream's recording frame by frame, over the ends of segments and into the one that is
 * being written. Holds one fragment in memory. One thread; its methods block.
 */
final class Reel {
  /** Where more pictures than this lead to a time, its keyframe has to do. */
  private static final int MAX_LEAD_PICTURES = 700;

  private static final long MAX_LEAD_BYTES = 4 << 20;

  /** The catalogue is not asked more often for what may follow. */
  private static final long ASK_NANOS = 1_000_000_000L;

  private final Footage footage;
  private final Deque<RecordedFrame> loaded = new ArrayDeque<>();
  private @Nullable Open open;
  private int next;

  /** When the segment before the present one ended. */
  private long endedMicros = Long.MAX_VALUE;

  private long askedNanos = System.nanoTime() - ASK_NANOS;

  /** Which frames are wanted. */
  enum Pace {
    ALL,
    /** So fast that nobody could follow the others. */
    KEYFRAMES
  }

  /** The segment that is read, and how its samples are to be understood. */
  private record Open(Sidecar sidecar, CodecSetup setup, FrameMaker frames) {
    Segment segment() {
      return sidecar.segment();
    }

    Open grown(Sidecar present) {
      return new Open(present, setup, frames);
    }
  }

  Reel(Footage footage) {
    this.footage = footage;
  }

  /** How the pictures of the present segment are coded, and its sound. */
  Optional<CodecSetup> setup() {
    return Optional.ofNullable(open).map(Open::setup);
  }

  /**
   * Goes to a time.
   *
   * @return the pictures from the keyframe before it up to it, at least one; {@link #next} goes on
   *     behind them. Empty if nothing is recorded of that time or later; the reel stays where it
   *     was
   */
  List<RecordedFrame.Picture> seek(Instant at) throws IOException {
    Optional<Sidecar> found = footage.at(at);
    if (found.isEmpty()) {
      return List.of();
    }
    Open wanted = open(found.get());
    List<Fragment> fragments = found.get().fragments();
    Instant from = wanted.segment().from();
    long ticks = wanted.segment().ticksAt(at.isBefore(from) ? from : at);
    int last = 0;
    while (last + 1 < fragments.size() && fragments.get(last + 1).ticks() <= ticks) {
      last++;
    }
    int first = last;
    while (first > 0 && !fragments.get(first).keyframe()) {
      first--;
    }
    if (tooLong(fragments.subList(first, last + 1))) {
      last = first;
      ticks = fragments.get(first).ticks();
    }
    open = wanted;
    endedMicros = Long.MAX_VALUE;
    loaded.clear();
    try (SegmentSource source = footage.open(found.get())) {
      for (next = first; next <= last; next++) {
        load(source, wanted, fragments.get(next));
      }
    }
    return takeLead(micros(wanted.segment().at(ticks)));
  }

  private static boolean tooLong(List<Fragment> fragments) {
    return fragments.stream().mapToInt(Fragment::frames).sum() > MAX_LEAD_PICTURES
        || fragments.stream().mapToLong(Fragment::length).sum() > MAX_LEAD_BYTES;
  }

  /** The pictures up to a time; sound of that time has passed. */
  private List<RecordedFrame.Picture> takeLead(long micros) {
    List<RecordedFrame.Picture> lead = new ArrayList<>();
    Deque<RecordedFrame> rest = new ArrayDeque<>();
    for (RecordedFrame frame : loaded) {
      boolean passed = frame.micros() <= micros;
      if (frame instanceof RecordedFrame.Picture picture && (passed || lead.isEmpty())) {
        lead.add(picture);
      } else if (!passed) {
        rest.add(frame);
      }
    }
    loaded.clear();
    loaded.addAll(rest);
    return lead;
  }

  /** The next frame; null if there is none yet, or none any more. */
  @Nullable RecordedFrame next(Pace pace) throws IOException {
    while (true) {
      RecordedFrame frame = loaded.poll();
      if (frame == null) {
        if (!loadNext(pace)) {
          return null;
        }
      } else if (pace == Pace.ALL
          || (frame instanceof RecordedFrame.Picture picture && picture.keyframe())) {
        return frame;
      }
    }
  }

  /** Whether the present segment may still grow. */
  boolean grows() {
    Open present = open;
    return present != null && present.segment().state() == SegmentState.RECORDING;
  }

  private boolean loadNext(Pace pace) throws IOException {
    Open present = present();
    while (present != null && next < present.sidecar().fragments().size()) {
      Fragment fragment = present.sidecar().fragments().get(next++);
      if (pace == Pace.ALL || fragment.keyframe()) {
        try (SegmentSource source = footage.open(present.sidecar())) {
          load(source, present, fragment);
        }
        return true;
      }
      present = present();
    }
    return false;
  }

  /** The segment with the next fragment, or the present one if there is none. */
  private @Nullable Open present() throws IOException {
    Open present = open;
    if (present == null || next < present.sidecar().fragments().size()) {
      return present;
    }
    // First: what is written to the present one meanwhile is there when the next one is.
    Optional<Sidecar> begun = footage.afterInRing(present.segment());
    Optional<Sidecar> grown = footage.present(present.segment().id());
    if (grown.isPresent()) {
      present = present.grown(grown.get());
      open = present;
    }
    return next < present.sidecar().fragments().size() ? present : follow(present, begun);
  }

  /**
   * Goes over to the segment behind one that was read to its end. Where the next one is being
   * written, it is not waited for the disk, which may not have all of the former yet.
   */
  private Open follow(Open last, Optional<Sidecar> begun) throws IOException {
    Optional<Sidecar> after = grows() ? begun : Optional.empty();
    if (!grows() && System.nanoTime() - askedNanos >= ASK_NANOS) {
      after = footage.after(last.segment());
      askedNanos = after.isPresent() ? askedNanos : System.nanoTime();
    }
    if (after.isEmpty()) {
      return last;
    }
    endedMicros = micros(last.segment().to());
    Open present = open(after.get());
    open = present;
    next = 0;
    return present;
  }

  /**
   * How much of a time is missing that ends in the present segment.
   *
   * @param from in microseconds since 1970, in the present segment or the one before
   */
  long missingMicros(long from, long to) {
    Open present = open;
    if (present == null) {
      return 0;
    }
    long missing = overlap(from, to, endedMicros, micros(present.segment().from()));
    for (Gap gap : present.segment().gaps()) {
      missing += overlap(from, to, micros(gap.from()), micros(gap.to()));
    }
    return missing;
  }

  private static long overlap(long from, long to, long otherFrom, long otherTo) {
    return Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
  }

  private Open open(Sidecar sidecar) throws IOException {
    try (SegmentSource source = footage.open(sidecar)) {
      CodecSetup setup = CodecSetup.of(MovieHeader.parse(source.read(0, sidecar.headerBytes())));
      return new Open(sidecar, setup, new FrameMaker(setup));
    } catch (MalformedMediaException damaged) {
      throw new IOException("a recording is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private void load(SegmentSource source, Open of, Fragment fragment) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source.read(fragment.offset(), fragment.length()));
    List<RecordedFrame> frames = new ArrayList<>();
    try {
      for (Sample sample : FragmentSamples.of(bytes, FragmentMuxer.VIDEO_TRACK)) {
        frames.add(of.frames().picture(bytes, sample, micros(of.segment().at(sample.time()))));
      }
      CodecSetup.Sound sound = of.setup().sound();
      if (sound != null) {
        for (Sample sample : FragmentSamples.of(bytes, sound.track())) {
          long ticks = sample.time() * FragmentMuxer.VIDEO_TIMESCALE / sound.timescale();
          frames.add(of.frames().sound(bytes, sample, micros(of.segment().at(ticks))));
        }
      }
    } catch (MalformedMediaException damaged) {
      throw new IOException("a recording is damaged: " + damaged.getMessage(), damaged);
    }
    frames.sort(Comparator.comparingLong(RecordedFrame::micros));
    loaded.addAll(frames);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
