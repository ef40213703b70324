package io.roadcast.recorder.retrieve;

/** The wanted picture can not be made the first one, since its codec is only read here. */
public final class NotExactException extends Exception {
  private static final long serialVersionUID = 1L;

  NotExactException(String codec) {
    super(
        "Pictures in " + codec + " begin with a keyframe only; ask without exact.",
        null,
        false,
        false);
  }
}
