package io.roadcast.events;

import java.util.Locale;

/** How far a file of an event is. */
public enum EvidenceState {
  /** It was asked for. */
  REQUESTED,
  /** A part is there. */
  RECEIVING,
  COMPLETE,
  /** It ended before all was there; what is there is kept. */
  PARTIAL,
  FAILED,
  /** Nothing was live then: it can be served when the terminal's own video is fetched. */
  AWAITING_DEVICE;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
