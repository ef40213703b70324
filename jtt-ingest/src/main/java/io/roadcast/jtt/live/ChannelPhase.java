package io.roadcast.jtt.live;

import java.util.Locale;

/** Where a channel stands between nobody watching and pictures. */
public enum ChannelPhase {
  IDLE,
  /** The terminal was asked; nothing that can be shown has come yet. */
  REQUESTED,
  LIVE,
  /** Live, and nobody wants it: about to be stopped. */
  GRACE,
  /** The terminal was told to stop. */
  STOPPING,
  /** Something went wrong; it is tried again after a while. */
  BACKOFF;

  /** The name in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
