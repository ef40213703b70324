package io.roadcast.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration and how it came about.
 *
 * @param file the file that was read, absolute; null if the defaults and the environment are all
 * @param withoutEffect environment variables that belong to parts which this version does not have
 */
public record LoadedConfig(ServerConfig config, @Nullable Path file, List<String> withoutEffect) {
  public LoadedConfig {
    withoutEffect = List.copyOf(withoutEffect);
  }
}
