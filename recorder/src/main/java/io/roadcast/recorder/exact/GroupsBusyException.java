package io.roadcast.recorder.exact;

/** More groups of pictures are to be coded anew than can be. */
public final class GroupsBusyException extends Exception {
  private static final long serialVersionUID = 1L;

  GroupsBusyException() {
    super("More beginnings are to be coded anew than can be; ask again.", null, false, false);
  }
}
