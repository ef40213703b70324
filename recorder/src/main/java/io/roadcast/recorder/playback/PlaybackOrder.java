package io.roadcast.recorder.playback;

import java.time.Instant;

/** What a viewer wants of a playback. */
public sealed interface PlaybackOrder {
  double SLOWEST = 0.25;
  double FASTEST = 16;

  /** To be shown that time; begins a playback if there is none. */
  record Seek(Instant at) implements PlaybackOrder {}

  /** To stand still; from the live picture it begins a playback there. */
  record Pause() implements PlaybackOrder {}

  record Resume() implements PlaybackOrder {}

  /**
   * @param times as fast as it was; above 4 keyframes only
   */
  record Speed(double times) implements PlaybackOrder {
    public Speed {
      if (!(times >= SLOWEST && times <= FASTEST)) {
        throw new IllegalArgumentException("a speed is from 0.25 to 16");
      }
    }
  }

  /** To stand still on another picture. */
  record Step(Direction direction) implements PlaybackOrder {}

  /** To be shown what is live. */
  record Live() implements PlaybackOrder {}

  enum Direction {
    FORWARD,
    BACKWARD
  }
}
