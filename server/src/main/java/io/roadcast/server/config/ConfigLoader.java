package io.roadcast.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: the defaults of {@code reference.yaml}, over them a file, over that the
 * environment. The only place that looks at the environment.
 */
public final class ConfigLoader {
  private static final String REFERENCE = "reference.yaml";
  private static final Path USUAL_FILE = Path.of("roadcast.yaml");

  /**
   * Names that the product's contract gives to parts which this version does not have. A script
   * that sets all ports of a node may name them; they have no effect.
   */
  private static final Set<String> NAMES_WITHOUT_EFFECT = Set.of("ROADCAST_JT1078_PLAYBACK_PORT");

  private final Map<String, String> environment;
  private final Map<String, ConfigValue> defaults;
  private final List<String> problems = new ArrayList<>();

  private ConfigLoader(Map<String, String> environment) throws ConfigException {
    this.environment = environment;
    this.defaults = YamlLayer.read(REFERENCE, referenceText());
  }

  /**
   * @param file what the command line names, or null: then {@code roadcast.yaml} of the working
   *     directory is read if there is one
   * @throws ConfigException naming every problem that was found
   */
  public static LoadedConfig load(@Nullable Path file) throws ConfigException {
    Path usual = Files.exists(USUAL_FILE) ? USUAL_FILE : null;
    return load(file != null ? file : usual, System.getenv());
  }

  /** The same with another environment and without looking for a file. */
  public static LoadedConfig load(@Nullable Path file, Map<String, String> environment)
      throws ConfigException {
    return new ConfigLoader(environment).layers(file);
  }

  /** The environment variables that are understood, each with its key. */
  public static Map<String, String> environmentNames() {
    Map<String, String> names = new TreeMap<>();
    for (String key : RecordBinder.keys(ServerConfig.class).keySet()) {
      names.put(KeyNames.environmentName(key), key);
    }
    return names;
  }

  private LoadedConfig layers(@Nullable Path file) throws ConfigException {
    Map<String, ConfigValue> values = new LinkedHashMap<>(defaults);
    if (file != null) {
      values.putAll(known(YamlLayer.read(file.toString(), textOf(file))));
    }
    List<String> withoutEffect = addEnvironment(values);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    ServerConfig config = RecordBinder.bind(ServerConfig.class, values);
    return new LoadedConfig(config, file == null ? null : file.toAbsolutePath(), withoutEffect);
  }

  private Map<String, ConfigValue> known(Map<String, ConfigValue> layer) {
    Map<String, ConfigValue> known = new LinkedHashMap<>();
    layer.forEach(
        (key, value) -> {
          if (defaults.containsKey(key)) {
            known.put(key, value);
          } else if (!isSection(key)) {
            String nearest = KeyNames.nearest(key, defaults.keySet());
            problems.add(
                value.origin() + ": unknown key " + key + "; did you mean " + nearest + "?");
          } else if (!isEmpty(value)) {
            problems.add(value.origin() + ": " + key + " has keys below it, not a value");
          }
        });
    return known;
  }

  private boolean isSection(String key) {
    return defaults.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
  }

  private static boolean isEmpty(ConfigValue value) {
    return value instanceof ConfigValue.Scalar(var text, var origin) && text == null;
  }

  private List<String> addEnvironment(Map<String, ConfigValue> values) {
    Map<String, String> names = environmentNames();
    List<String> withoutEffect = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!KeyNames.isOurs(name)) {
        continue;
      }
      String key = names.get(name);
      if (key != null) {
        Origin origin = Origin.environment(name);
        values.put(key, new ConfigValue.Scalar(environment.get(name), origin));
      } else if (NAMES_WITHOUT_EFFECT.contains(name)) {
        withoutEffect.add(name);
      } else {
        String nearest = KeyNames.nearest(name, names.keySet());
        problems.add(Origin.environment(name) + " is not known; did you mean " + nearest + "?");
      }
    }
    return withoutEffect;
  }

  private static String textOf(Path file) throws ConfigException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new ConfigException(List.of(file + ": there is no such file"));
    } catch (MalformedInputException notText) {
      throw new ConfigException(List.of(file + ": is not UTF-8 text"));
    } catch (IOException unreadable) {
      throw new ConfigException(List.of(file + ": can not be read: " + unreadable.getMessage()));
    }
  }

  private static String referenceText() {
    try (InputStream stream = ConfigLoader.class.getClassLoader().getResourceAsStream(REFERENCE)) {
      if (stream == null) {
        throw new IllegalStateException(REFERENCE + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException(REFERENCE + " can not be read", broken);
    }
  }
}
