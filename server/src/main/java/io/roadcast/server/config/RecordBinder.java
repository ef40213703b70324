package io.roadcast.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes records of values by key: the kebab case of the components, joined by dots. */
final class RecordBinder {
  private final Map<String, ConfigValue> values;
  private final List<String> problems = new ArrayList<>();

  private RecordBinder(Map<String, ConfigValue> values) {
    this.values = values;
  }

  /**
   * @param values holds every key of the record
   * @throws ConfigException with all values that have the wrong type or are outside of their range
   */
  static <R extends Record> R bind(Class<R> type, Map<String, ConfigValue> values)
      throws ConfigException {
    RecordBinder binder = new RecordBinder(values);
    Object bound = binder.record("", type);
    if (!binder.problems.isEmpty()) {
      throw new ConfigException(binder.problems);
    }
    return type.cast(Objects.requireNonNull(bound));
  }

  /** The keys of a record and of the records in it, with the component that each one fills. */
  static Map<String, RecordComponent> keys(Class<? extends Record> type) {
    Map<String, RecordComponent> keys = new LinkedHashMap<>();
    collect("", type, keys);
    return keys;
  }

  private static void collect(String prefix, Class<?> type, Map<String, RecordComponent> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + KeyNames.kebab(component.getName());
      if (component.getType().isRecord()) {
        collect(key + ".", component.getType(), keys);
      } else {
        keys.put(key, component);
      }
    }
  }

  /** Null if there were problems. */
  private @Nullable Object record(String prefix, Class<?> type) {
    int before = problems.size();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + KeyNames.kebab(components[i].getName());
      types[i] = components[i].getType();
      arguments[i] = types[i].isRecord() ? record(key + ".", types[i]) : value(key, components[i]);
    }
    return problems.size() == before ? construct(prefix, type, types, arguments) : null;
  }

  private @Nullable Object value(String key, RecordComponent component) {
    ConfigValue value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("reference.yaml lacks " + key);
    }
    try {
      return ValueParser.parse(component, value);
    } catch (IllegalArgumentException unfit) {
      problems.add(
          value.origin()
              + ": "
              + key
              + " is "
              + shown(component, value)
              + ": "
              + unfit.getMessage());
      return null;
    }
  }

  private static String shown(RecordComponent component, ConfigValue value) {
    if (component.getType() == Secret.class) {
      return "(hidden)";
    }
    return switch (value) {
      case ConfigValue.Sequence sequence -> sequence.items().toString();
      case ConfigValue.Scalar(var text, var origin) -> text == null ? "empty" : "\"" + text + "\"";
    };
  }

  private @Nullable Object construct(
      String prefix, Class<?> type, Class<?>[] types, @Nullable Object[] arguments) {
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException invariant) {
        String section = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + ": ";
        problems.add(section + invariant.getMessage());
        return null;
      }
      throw new IllegalStateException(type + " failed", refused);
    } catch (ReflectiveOperationException unreachable) {
      throw new IllegalStateException(type + " can not be made", unreachable);
    }
  }
}
