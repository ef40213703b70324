package io.roadcast.jtt.multimedia;

import java.util.Locale;
import java.util.Optional;

/** What a file of a terminal is, by the type in its message. */
public enum MediaKind {
  PICTURE,
  SOUND,
  VIDEO,
  /** A number that the standard does not know. */
  OTHER;

  public static MediaKind ofType(int type) {
    return type >= 0 && type < OTHER.ordinal() ? values()[type] : OTHER;
  }

  /** One of those that the standard knows. */
  public static Optional<MediaKind> ofLabel(String label) {
    for (MediaKind kind : values()) {
      if (kind != OTHER && kind.label().equals(label)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Number of the standard; of {@link #OTHER} none. */
  public int type() {
    return this == OTHER ? -1 : ordinal();
  }

  /** Lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
