package io.roadcast.server.config;

import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the value of a record component of what was written. */
final class ValueParser {
  private ValueParser() {}

  /**
   * @return null only for an address that is left empty
   * @throws IllegalArgumentException if it can not be; the message says what is wanted
   */
  static @Nullable Object parse(RecordComponent component, ConfigValue value) {
    if (component.getType() == List.class) {
      return switch (value) {
        case ConfigValue.Sequence sequence ->
            sequence.items().stream().map(item -> item(component, item)).toList();
        case ConfigValue.Scalar(var text, var origin) -> commaSeparated(component, text);
      };
    }
    return switch (value) {
      case ConfigValue.Sequence sequence ->
          throw new IllegalArgumentException("one value is expected, not a list");
      case ConfigValue.Scalar(var text, var origin) -> scalar(component, text == null ? "" : text);
    };
  }

  /** A list as an environment variable has it. */
  private static List<Object> commaSeparated(RecordComponent component, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1)).map(item -> item(component, item.strip())).toList();
  }

  private static Object item(RecordComponent component, String text) {
    boolean addresses = component.getGenericType().getTypeName().contains("InetAddress");
    return addresses ? address(text) : text;
  }

  private static @Nullable Object scalar(RecordComponent component, String text) {
    Class<?> type = component.getType();
    if (type == int.class) {
      return Math.toIntExact(Range.of(component).parse(text));
    } else if (type == long.class) {
      return Range.of(component).parse(text);
    } else if (type == Duration.class) {
      return Duration.ofMillis(Range.of(component).parse(text));
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == String.class) {
      return text;
    } else if (type == Secret.class) {
      return new Secret(text);
    } else if (type == Path.class) {
      return Path.of(text);
    } else if (type == InetAddress.class) {
      return text.isBlank() ? null : address(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no configuration is made of " + component);
  }

  private static boolean bool(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("allowed is true, false");
    };
  }

  /** Only literal addresses: a name could mean another machine tomorrow. */
  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text.strip());
    } catch (IllegalArgumentException notLiteral) {
      throw new IllegalArgumentException(
          "expected is an IP address such as 192.0.2.7 or 2001:db8::7", notLiteral);
    }
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (label(constant).equals(text.strip())) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "allowed is "
            + Arrays.stream(type.getEnumConstants())
                .map(ValueParser::label)
                .collect(Collectors.joining(", ")));
  }

  private static String label(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
