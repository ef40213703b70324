package io.roadcast.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value as it was written, before it is known what type it should have. */
sealed interface ConfigValue {
  Origin origin();

  /**
   * @param text null where YAML says null
   */
  record Scalar(@Nullable String text, Origin origin) implements ConfigValue {}

  record Sequence(List<String> items, Origin origin) implements ConfigValue {
    public Sequence {
      items = List.copyOf(items);
    }
  }
}
