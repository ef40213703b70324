package io.roadcast.sfu.transport;

import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerQuality;

/**
 * Hears what becomes of the viewers: in order, on a thread for these notices alone, so that a
 * listener may write to a connection.
 */
public interface ViewerListener {
  /** Media begins. */
  default void connected(ViewerSession viewer) {}

  /** Once for each session, also for one that never connected. */
  default void closed(ViewerSession viewer, ViewerEnd end) {}

  /** The source went away and may come back. */
  default void streamInterrupted(ViewerSession viewer) {}

  default void streamResumed(ViewerSession viewer) {}

  /** What it is sent of what it asked for is another part now. */
  default void qualityChanged(ViewerSession viewer, ViewerQuality quality) {}

  /** Followed by {@link #closed}. */
  default void streamEnded(ViewerSession viewer, String reason) {}
}
