package io.roadcast.recorder.still;

/** More small pictures are wanted than can be made. */
public final class StillsBusyException extends Exception {
  private static final long serialVersionUID = 1L;

  StillsBusyException() {
    super("More small pictures are wanted than can be made; ask again.", null, false, false);
  }
}
