package io.roadcast.events;

import java.util.regex.Pattern;

/**
 * What happened.
 *
 * @param subtype lower case letters, digits and underscores, at most 40
 */
public record EventType(EventKind kind, String subtype) {
  private static final Pattern SUBTYPE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  public EventType {
    if (!SUBTYPE.matcher(subtype).matches()) {
      throw new IllegalArgumentException(
          "a type is a kind, a dot and at most 40 lower case letters, digits and underscores");
    }
  }

  /** Such as {@code adas.forward_collision}. */
  public String label() {
    return kind.label() + "." + subtype;
  }

  /**
   * @throws IllegalArgumentException if it is no such label
   */
  public static EventType ofLabel(String label) {
    int dot = label.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a type is such as adas.forward_collision");
    }
    return new EventType(EventKind.ofLabel(label.substring(0, dot)), label.substring(dot + 1));
  }

  @Override
  public String toString() {
    return label();
  }
}
