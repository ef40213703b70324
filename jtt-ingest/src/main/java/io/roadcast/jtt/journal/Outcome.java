package io.roadcast.jtt.journal;

import java.util.Locale;

/** What became of a record that was given to the journal. */
public enum Outcome {
  /** It is on disk: it may be acknowledged. */
  DURABLE,
  /** The journal has reached its bound in bytes or age, because nothing follows it. */
  FULL,
  /** More waits to be written than may wait. */
  BUSY,
  /** The disk refused; the record may or may not be there. */
  FAILED,
  /** The journal is closed. */
  CLOSED;

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
