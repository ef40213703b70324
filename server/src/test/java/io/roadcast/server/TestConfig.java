package io.roadcast.server;

import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.ConfigLoader;
import io.roadcast.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configurations of servers on free ports of the loopback address. */
public final class TestConfig {
  private TestConfig() {}

  public static ServerConfig open(Path dataDirectory) throws ConfigException {
    return with(dataDirectory, Map.of());
  }

  /**
   * @param environment over the tests' database, open access and port 0 everywhere
   */
  public static ServerConfig with(Path dataDirectory, Map<String, String> environment)
      throws ConfigException {
    Map<String, String> all = new HashMap<>();
    all.put("ROADCAST_OPEN_ACCESS", "true");
    all.put("ROADCAST_DATA_DIRECTORY", dataDirectory.toString());
    all.put("ROADCAST_HTTP_PORT", "0");
    all.put("ROADCAST_HTTPS_PORT", "0");
    all.put("ROADCAST_WEBRTC_PORT", "0");
    all.put("ROADCAST_JT808_PORT", "0");
    all.put("ROADCAST_JT1078_PORT", "0");
    all.put("ROADCAST_JT1078_SUB_PORT", "0");
    all.put("ROADCAST_ATTACHMENT_PORT", "0");
    DatabaseAddress database = TestDatabase.sharedAddress();
    all.put("ROADCAST_DATABASE_URL", database.url());
    all.put("ROADCAST_DATABASE_USER", database.user());
    all.put("ROADCAST_DATABASE_PASSWORD", database.password());
    all.putAll(environment);
    return ConfigLoader.load(null, all).config();
  }
}
