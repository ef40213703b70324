package io.roadcast.sfu.router;

import io.roadcast.media.AudioFormat;

/** What is known of a stream's sound before any of it has come. */
public sealed interface ExpectedSound {
  ExpectedSound UNKNOWN = new Unknown();
  ExpectedSound NONE = new None();

  /** Nothing was said of it. */
  record Unknown() implements ExpectedSound {}

  /** The source has no sound. */
  record None() implements ExpectedSound {}

  /** If there is sound it is this. */
  record Of(AudioFormat format) implements ExpectedSound {}
}
