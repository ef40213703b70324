package io.roadcast.recorder.retrieve;

import java.time.Instant;

/** Picture size or codec change within a range, so one file can not hold it. */
public final class FormatChangeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Instant at;

  FormatChangeException(Instant at) {
    super(
        "The pictures change at " + at + "; ask for the time before and after it.",
        null,
        false,
        false);
    this.at = at;
  }

  /** The first picture of the other format. */
  public Instant at() {
    return at;
  }
}
