package io.roadcast.events;

import java.util.Locale;

/** What a file of an event is. */
public enum EvidenceKind {
  PICTURE,
  SOUND,
  VIDEO,
  /** State of the vehicle around the event, from the terminal. */
  LOG,
  OTHER,
  /** Cut from our own video. */
  CLIP,
  /** A picture out of a clip. */
  THUMBNAIL,
  /** Names the other files with their checksums. */
  MANIFEST;

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
