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

  /** What it is sent of what it asked for is another part now. */
  default void qualityChanged(ViewerQuality quality) {}

  /** Its path carries too little: the sub-stream of the same camera would suit it better. */
  default void smallerWanted() {}

  /** The sub-stream is of no use any more. */
  default void smallerUnwanted() {}

  /** Followed by {@link #closed}. */
  void streamEnded(String reason);

  /** Once; nothing follows. */
  void closed(ViewerEnd end);
}
