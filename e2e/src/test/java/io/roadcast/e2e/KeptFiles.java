package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of recordings that are kept, and the objects, against what the catalogue says. */
final class KeptFiles {
  private static final Duration MOVED = Duration.ofMinutes(3);
  private static final Duration LOOKS = Duration.ofSeconds(1);
  private static final String KEPT = "kept";
  private static final String SIDECAR = ".json";
  private static final String NO_SIDECAR = "no sidecar";

  private final RunningServer server;
  private final Path here;
  private final @Nullable Path bucket;

  /**
   * @param bucket where objects lie; null if there is no store
   */
  KeptFiles(RunningServer server, @Nullable Path bucket) {
    this.server = server;
    this.here = server.directory().resolve("recordings");
    this.bucket = bucket;
  }

  /**
   * Claims that each segment of the catalogue is there with its length and its sidecar, and nothing
   * else; what is on its way from here to the store is waited for.
   */
  void assertAsCatalogued() {
    await()
        .atMost(MOVED)
        .pollInterval(LOOKS)
        .untilAsserted(() -> assertThat(files()).isEqualTo(catalogued()));
    Map<String, String> all = catalogued();
    System.out.printf(
        "recorded: catalogue and files agree on %d segments, %d of them in the store%n",
        all.size(), all.keySet().stream().filter(place -> place.startsWith("s3/")).count());
  }

  /** Places, and the bytes of each; what is encrypted is longer than the catalogue says. */
  private Map<String, String> catalogued() {
    Map<String, String> places = new TreeMap<>();
    server
        .database()
        .database()
        .useTransaction(
            handle ->
                handle
                    .createQuery("SELECT place, bytes FROM recording_segment")
                    .map(
                        (row, context) ->
                            places.put(row.getString(1), length(row.getString(1), row.getLong(2))))
                    .list());
    return places;
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> places = new TreeMap<>();
    collect(here, "", places);
    if (bucket != null) {
      collect(bucket, "s3/", places);
    }
    return places;
  }

  private static void collect(Path root, String before, Map<String, String> places)
      throws IOException {
    if (Files.notExists(root.resolve(KEPT))) {
      return;
    }
    try (Stream<Path> found = Files.walk(root.resolve(KEPT))) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        String stem = name.substring(0, name.lastIndexOf('.'));
        boolean sidecar = name.endsWith(SIDECAR);
        if (!sidecar || nothingBeside(file, stem)) {
          boolean whole = !sidecar && Files.exists(file.resolveSibling(stem + SIDECAR));
          places.put(
              before + root.relativize(file), whole ? length(name, Files.size(file)) : NO_SIDECAR);
        }
      }
    }
  }

  private static String length(String place, long bytes) {
    return place.endsWith(".sealed") ? "sealed" : String.valueOf(bytes);
  }

  private static boolean nothingBeside(Path sidecar, String stem) {
    return Files.notExists(sidecar.resolveSibling(stem + ".mp4"))
        && Files.notExists(sidecar.resolveSibling(stem + ".sealed"));
  }
}
