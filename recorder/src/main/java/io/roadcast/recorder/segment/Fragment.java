package io.roadcast.recorder.segment;

/**
 * A piece of a segment's file that stands for itself: a movie fragment and its samples.
 *
 * @param offset where it begins in the file
 * @param length in bytes
 * @param ticks of its first picture, in 1/90000 s on the file's timeline
 * @param duration of its pictures, in ticks
 * @param frames pictures
 * @param keyframe whether playing can begin here
 */
public record Fragment(
    long offset, int length, long ticks, long duration, int frames, boolean keyframe) {
  public long end() {
    return ticks + duration;
  }
}
