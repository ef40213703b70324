package io.roadcast.fleet;

import org.jspecify.annotations.Nullable;

/** Names that people and terminals give. */
public final class PlainText {
  /** The longest name. */
  public static final int MAX_CHARACTERS = 100;

  private PlainText() {}

  /**
   * A name as it is kept: without blanks around it.
   *
   * @throws FleetException INVALID_FIELD if it is empty, too long, or holds control characters or
   *     half of a character
   */
  public static String required(@Nullable String text, String field) {
    String name = text == null ? "" : text.strip();
    if (name.isEmpty()) {
      throw new FleetException(FleetProblem.INVALID_FIELD, "\"" + field + "\" is missing.");
    }
    if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
      throw new FleetException(
          FleetProblem.INVALID_FIELD,
          "\"" + field + "\" has more than " + MAX_CHARACTERS + " characters.");
    }
    if (name.codePoints().anyMatch(PlainText::isUnwritable)) {
      throw new FleetException(
          FleetProblem.INVALID_FIELD, "\"" + field + "\" holds characters that nobody can read.");
    }
    return name;
  }

  /** The same, but none is allowed: null, or nothing but blanks. */
  public static @Nullable String optional(@Nullable String text, String field) {
    return text == null || text.isBlank() ? null : required(text, field);
  }

  /** What of a text can be shown; null if nothing of it can. */
  static @Nullable String printable(String text, int maxCharacters) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .filter(c -> !isUnwritable(c))
        .limit(maxCharacters)
        .forEach(kept::appendCodePoint);
    String stripped = kept.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }

  private static boolean isUnwritable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Marks that turn the direction of what follows make one name look like another.
      case Character.FORMAT -> true;
      default -> false;
    };
  }
}
