package io.roadcast.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a number in the configuration counts, and how it is written. */
enum Quantity {
  COUNT("a whole number", "") {
    @Override
    long scale(String unit) {
      return 1;
    }

    @Override
    String write(long value) {
      return Long.toString(value);
    }
  },
  /** In bytes. */
  SIZE("a size such as 8KiB, 4MiB or a number of bytes", "B|KiB|MiB|GiB|") {
    @Override
    long scale(String unit) {
      return switch (unit) {
        case "KiB" -> 1L << 10;
        case "MiB" -> 1L << 20;
        case "GiB" -> 1L << 30;
        default -> 1;
      };
    }

    @Override
    String write(long value) {
      for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
        if (value != 0 && value % scale(unit) == 0) {
          return value / scale(unit) + unit;
        }
      }
      return value + "B";
    }
  },
  /** In milliseconds. */
  TIME("a duration such as 500ms, 15s, 2m or 1h", "ms|s|m|h") {
    @Override
    long scale(String unit) {
      return switch (unit) {
        case "s" -> 1_000;
        case "m" -> 60_000;
        case "h" -> 3_600_000;
        default -> 1;
      };
    }

    @Override
    String write(long value) {
      for (String unit : new String[] {"h", "m", "s"}) {
        if (value != 0 && value % scale(unit) == 0) {
          return value / scale(unit) + unit;
        }
      }
      return value == 0 ? "0s" : value + "ms";
    }
  };

  private final String form;
  private final Pattern pattern;

  Quantity(String form, String units) {
    this.form = form;
    this.pattern = Pattern.compile("(-?[0-9]{1,15})(" + units + ")");
  }

  abstract long scale(String unit);

  abstract String write(long value);

  /**
   * @throws IllegalArgumentException if the text has another form; the message says which one is
   *     wanted
   */
  long parse(String text) {
    Matcher matcher = pattern.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected is " + form);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), scale(matcher.group(2)));
  }
}
