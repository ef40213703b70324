package io.roadcast.recorder.retrieve;

/** There are more recordings of that time than one answer holds. */
public final class TooMuchRecordedException extends Exception {
  private static final long serialVersionUID = 1L;

  TooMuchRecordedException() {
    super("There is too much of that time for one answer; ask for less.", null, false, false);
  }
}
