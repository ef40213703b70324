package io.roadcast.recorder.segment;

import java.util.Optional;

/** How a segment's file holds what was recorded; the end of its name says it. */
public enum SegmentForm {
  /** As any player reads it. */
  PLAIN(".mp4"),
  /** Encrypted by us. */
  SEALED(".sealed");

  private final String suffix;

  SegmentForm(String suffix) {
    this.suffix = suffix;
  }

  public String suffix() {
    return suffix;
  }

  /** Of a file's or object's name; empty if it is none of a segment. */
  public static Optional<SegmentForm> of(String name) {
    for (SegmentForm form : values()) {
      if (name.endsWith(form.suffix)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /** The name without the end that says the form. */
  public static String stem(String name) {
    return of(name)
        .map(form -> name.substring(0, name.length() - form.suffix.length()))
        .orElseThrow(() -> new IllegalArgumentException(name + " is no segment"));
  }
}
