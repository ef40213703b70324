package io.roadcast.sfu.udp;

/**
 * What becomes of one viewer. Called on its worker's thread (or, before it has one, on the thread
 * that closed it); must not block.
 */
public interface ViewerEvents {
  /** Its keys are ready; media begins. */
  void connected();

  void streamInterrupted();

  void streamResumed();

  /** Followed by {@link #closed}. */
  void streamEnded(String reason);

  /** Once; nothing follows. */
  void closed(ViewerEnd end);
}
