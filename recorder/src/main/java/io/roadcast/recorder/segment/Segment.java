package io.roadcast.recorder.segment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file of a recording, as catalogue and sidecar know it.
 *
 * @param stream its name
 * @param quality "main" or "sub"
 * @param from when its first picture was taken, as the server's clock tells
 * @param to when its last picture ends
 * @param codec "h264" or "h265"
 * @param sound "aac"; null if there is none
 * @param startTicks the time of the first picture on the file's timeline, in 1/90000 s
 * @param place its file, relative to the directory of recordings
 * @param sha256 of all that was recorded, in hexadecimal; null while it is written
 */
public record Segment(
    UUID id,
    String stream,
    String quality,
    Owner owner,
    Instant from,
    Instant to,
    String codec,
    int width,
    int height,
    @Nullable String sound,
    long startTicks,
    long frames,
    long bytes,
    List<Gap> gaps,
    String place,
    @Nullable String sha256,
    SegmentState state,
    Keeping keeping) {
  private static final long TICKS_PER_SECOND = 90_000;

  public Segment {
    gaps = List.copyOf(gaps);
  }

  /** Pictures per second on the average. */
  public double frameRate() {
    long millis = Duration.between(from, to).toMillis();
    return millis <= 0 ? 0 : frames * 1000.0 / millis;
  }

  /** When a moment of the file's timeline was. */
  public Instant at(long ticks) {
    return from.plusNanos((ticks - startTicks) * 100_000 / 9);
  }

  /** Where a moment is on the file's timeline. */
  public long ticksAt(Instant at) {
    Duration since = Duration.between(from, at);
    return startTicks
        + since.getSeconds() * TICKS_PER_SECOND
        + since.getNano() * TICKS_PER_SECOND / 1_000_000_000L;
  }

  public Segment in(String otherPlace) {
    return with(to, frames, bytes, gaps, otherPlace, sha256, state, keeping);
  }

  public Segment in(SegmentState other) {
    return with(to, frames, bytes, gaps, place, sha256, other, keeping);
  }

  public Segment in(Keeping other) {
    return with(to, frames, bytes, gaps, place, sha256, state, other);
  }

  /** The same segment, as long as it is by now. */
  public Segment grown(Instant end, long allFrames, long allBytes, List<Gap> allGaps) {
    return with(end, allFrames, allBytes, allGaps, place, sha256, state, keeping);
  }

  /** The same segment when nothing is added any more. */
  public Segment complete(String digest) {
    return with(to, frames, bytes, gaps, place, digest, SegmentState.COMPLETE, keeping);
  }

  private Segment with(
      Instant newTo,
      long newFrames,
      long newBytes,
      List<Gap> newGaps,
      String newPlace,
      @Nullable String digest,
      SegmentState newState,
      Keeping newKeeping) {
    return new Segment(
        id,
        stream,
        quality,
        owner,
        from,
        newTo,
        codec,
        width,
        height,
        sound,
        startTicks,
        newFrames,
        newBytes,
        newGaps,
        newPlace,
        digest,
        newState,
        newKeeping);
  }
}
