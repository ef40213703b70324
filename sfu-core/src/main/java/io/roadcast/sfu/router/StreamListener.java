package io.roadcast.sfu.router;

/**
 * Hears what becomes of this node's streams. Called on the thread that caused the change; must not
 * block.
 */
public interface StreamListener {
  void started(Stream stream);

  /** Its codec, picture size or sound changed, or became known. */
  void changed(Stream stream);

  void interrupted(Stream stream);

  void resumed(Stream stream);

  void stopped(Stream stream, String reason);
}
