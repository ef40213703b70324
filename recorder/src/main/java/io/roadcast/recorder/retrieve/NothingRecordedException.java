package io.roadcast.recorder.retrieve;

/** There is no recording of that time. */
public final class NothingRecordedException extends Exception {
  private static final long serialVersionUID = 1L;

  NothingRecordedException() {
    super("There is no recording of that time.", null, false, false);
  }
}
