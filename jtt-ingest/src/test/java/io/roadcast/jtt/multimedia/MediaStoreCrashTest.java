package io.roadcast.jtt.multimedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.DatabaseConfig;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.KilledProcess;
import io.roadcast.jtt.gateway.ReceivedMedia;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.PositionTables.Whose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that keeps files while its database is away is killed in the middle: what it said is
 * kept is listed by the next one.
 */
@Timeout(180)
class MediaStoreCrashTest {
  private static final int ACKNOWLEDGED_BEFORE_THE_END = 60;
  private static final int BYTES = 20_000;
  private static final String TERMINAL = "13912345678";
  private static final MediaLimits LIMITS = new MediaLimits(1 << 30, 1 << 30, 1 << 30);

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Set<Long> acknowledged =
        KilledProcess.numbers(
            Keeper.class,
            directory,
            Pattern.compile("kept ([0-9]+)\\."),
            ACKNOWLEDGED_BEFORE_THE_END);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_END);
    try (TestDatabase database = TestDatabase.create();
        MediaStore store =
            MediaStore.open(directory, LIMITS, database.database(), Ownership.nobodys())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> store.statistics().waiting() == 0 && store.statistics().listed() > 0);
      MediaQuery all =
          new MediaQuery(
              new Whose.Terminal(TERMINAL),
              Instant.EPOCH,
              Instant.now().plusSeconds(3600),
              null,
              null);
      Set<Long> kept = new HashSet<>();
      for (MediaRecord each : store.newest(all, 100_000)) {
        assertThat(store.content(each).orElseThrow()).isEqualTo(bytes(each.mediaId()));
        kept.add(each.mediaId());
      }
      assertThat(kept).containsAll(acknowledged);
    }
  }

  private static byte[] bytes(long mediaId) {
    return ByteBuffer.allocate(BYTES).putLong(mediaId).putLong(BYTES - 8, mediaId).array();
  }

  /** The process that is killed. */
  static final class Keeper {
    private Keeper() {}

    public static void main(String[] arguments) throws IOException {
      DatabaseAddress nowhere =
          new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
      MediaStore store =
          MediaStore.open(
              Path.of(arguments[0]),
              LIMITS,
              Database.start(DatabaseConfig.external(nowhere, 2)),
              Ownership.nobodys());
      for (long id = 1; ; id++) {
        long mediaId = id;
        MediaUpload upload =
            new MediaUpload(mediaId, 0, 0, 0, 1, null, null, Bytes.of(bytes(mediaId)));
        Instant now = Instant.now();
        store
            .keep(new ReceivedMedia(TERMINAL, now, now, upload))
            .thenRun(() -> System.out.println("\nkept " + mediaId + "."))
            .toCompletableFuture()
            .join();
      }
    }
  }
}
