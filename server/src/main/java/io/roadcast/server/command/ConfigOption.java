package io.roadcast.server.command;

import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.ConfigLoader;
import io.roadcast.server.config.LoadedConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config} of the commands that need a configuration. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration to read; else roadcast.yaml in the working directory if any.")
  private @Nullable Path file;

  LoadedConfig load() throws ConfigException {
    return ConfigLoader.load(file);
  }
}
