package io.roadcast.recorder.retrieve;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.MovieFragment;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.store.SegmentSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads fragments and gives them the time of another file. */
final class ShiftedFragment {
  static final int VIDEO = 1;

  private ShiftedFragment() {}

  /**
   * A fragment as part of another file.
   *
   * @param sequence its number there
   * @param shift what is added to its times, in ticks of the video track
   */
  static byte[] read(SegmentSource source, Fragment fragment, int sequence, long shift)
      throws IOException {
    return shift(source.read(fragment.offset(), fragment.length()), sequence, shift);
  }

  /** The same with a fragment that was read, whose bytes are changed. */
  static byte[] shift(byte[] bytes, int sequence, long shift) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      MovieFragment.setSequence(buffer, sequence);
      for (MovieFragment.TrackRun run : MovieFragment.parse(buffer).tracks()) {
        // Sound is recorded with 8000 ticks in a second, pictures with 90000.
        long own = run.track() == VIDEO ? shift : Math.floorDiv(shift * 8, 90L);
        MovieFragment.setBaseTime(buffer, run.track(), run.baseTime() + own);
      }
    } catch (MalformedMediaException damaged) {
      throw new IOException("a recording is damaged: " + damaged.getMessage(), damaged);
    }
    return bytes;
  }

  /** In 1/90000 s, rounded. */
  static long ticks(Duration duration) {
    return Math.floorDiv(duration.toNanos() * 9 + 50_000, 100_000L);
  }
}
