package io.roadcast.server;

import io.roadcast.fleet.database.Database;
import io.roadcast.recorder.catalog.CatalogRebuild;
import io.roadcast.recorder.catalog.DeletionSwitch;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.server.config.ServerConfig;
import java.io.IOException;
import java.time.Duration;

/** Makes the catalogue of recordings anew, without a server. */
public final class CatalogRebuilding {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private CatalogRebuilding() {}

  /**
   * Reads what stands beside all files and objects into the database; from then on nothing is
   * deleted until {@link #resumeDeletion}.
   *
   * @throws StartException if database, directory or object store can not be used, such as because
   *     a server uses the embedded database
   */
  public static CatalogRebuild.Result rebuild(ServerConfig config)
      throws StartException, InterruptedException {
    try (Database database = database(config)) {
      RecordingStorage storage = RecordingStorage.open(config);
      try {
        return new CatalogRebuild(
                new RecordingCatalog(database), new DeletionSwitch(database), storage.tiers())
            .run();
      } finally {
        if (storage.objects() != null) {
          storage.objects().close();
        }
      }
    } catch (IOException failure) {
      throw new StartException(
          "the catalogue could not be made anew: " + failure.getMessage(), failure);
    }
  }

  /**
   * Somebody has looked at the catalogue: what is too old may go again.
   *
   * @return whether it was suspended
   */
  public static boolean resumeDeletion(ServerConfig config)
      throws StartException, InterruptedException {
    try (Database database = database(config)) {
      return new DeletionSwitch(database).resume();
    } catch (IOException failure) {
      throw new StartException("the database can not be used: " + failure.getMessage(), failure);
    }
  }

  private static Database database(ServerConfig config) throws IOException, InterruptedException {
    Database database = Database.start(ModuleConfigs.database(config));
    if (!database.awaitReady(PATIENCE)) {
      String problem = database.problem().orElse("it does not get ready");
      database.close();
      throw new IOException(problem);
    }
    return database;
  }
}
