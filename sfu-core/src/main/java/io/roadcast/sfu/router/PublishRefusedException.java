package io.roadcast.sfu.router;

/** The node carries as many streams as it may. */
public final class PublishRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  PublishRefusedException(String message) {
    super(message);
  }
}
