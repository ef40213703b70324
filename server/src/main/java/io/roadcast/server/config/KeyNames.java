package io.roadcast.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The rules by which keys are named, and the search for what a mistyped one meant. */
final class KeyNames {
  private static final String ENVIRONMENT_PREFIX = "ROADCAST_";

  private KeyNames() {}

  /** {@code subPort} is written {@code sub-port}. */
  static String kebab(String component) {
    StringBuilder key = new StringBuilder();
    for (char c : component.toCharArray()) {
      if (Character.isUpperCase(c)) {
        key.append('-');
      }
      key.append(Character.toLowerCase(c));
    }
    return key.toString();
  }

  /** {@code jt1078.sub-port} is {@code ROADCAST_JT1078_SUB_PORT}. */
  static String environmentName(String key) {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  static boolean isOurs(String environmentName) {
    return environmentName.startsWith(ENVIRONMENT_PREFIX);
  }

  /** The known name with the fewest edits from a mistyped one; the first in order among equals. */
  static String nearest(String mistyped, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(name -> edits(mistyped, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Levenshtein's distance; a right last part of the path counts for much. */
  private static int edits(String a, String b) {
    String lastOfA = a.substring(a.lastIndexOf('.') + 1);
    String lastOfB = b.substring(b.lastIndexOf('.') + 1);
    return distance(a, b) + 2 * distance(lastOfA, lastOfB);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
