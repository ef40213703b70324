package io.roadcast.server;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.multimedia.MediaStore;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.MultimediaMetrics;
import java.io.IOException;

/** Makes what keeps the pictures and sounds of terminals. */
final class MultimediaParts {
  private MultimediaParts() {}

  /**
   * Opens the store in its directory of the data directory.
   *
   * @throws StartException if the directory can not be used
   */
  static MediaStore open(
      ServerConfig config,
      Parts parts,
      Health health,
      Metrics metrics,
      Database database,
      Ownership ownership)
      throws StartException {
    try {
      MediaStore store =
          parts.add(
              "multimedia",
              MediaStore.open(
                  config.dataDirectory().resolve("multimedia"),
                  ModuleConfigs.multimedia(config),
                  database,
                  ownership));
      health.checkHelpful("multimedia", store::problem);
      metrics.add(new MultimediaMetrics(store));
      return store;
    } catch (IOException failure) {
      throw new StartException("the directory of terminals' pictures: " + failure, failure);
    }
  }
}
