package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.terminal.PositionLoad;
import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.EmbeddedPostgres;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A position that was acknowledged is in the database, once, whatever dies in between. */
@Tag("slow")
@Timeout(240)
class PositionDurabilityTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TERMINALS = 100;
  private static final int PER_SECOND = 1000;

  @TempDir Path directory;

  @Test
  void aServerThatIsKilledLosesNoPositionAndKeepsNoneTwice() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, Map.of());
        PositionLoad load = new PositionLoad(server.jt808Port(), TERMINALS)) {
      load.connect();
      load.report(PER_SECOND, 1500);
      Thread killer = Thread.ofPlatform().start(server::kill);
      load.report(PER_SECOND, 300);
      killer.join();
      server.restart();
      load.connect();
      load.report(PER_SECOND, 1000);
      assertThat(load.awaitAnswers(SOON)).isTrue();
      await().atMost(SOON).until(() -> server.metric().value("roadcast_journal_behind_bytes") == 0);
      assertThat(StoredPositions.read(server.database().address()))
          .isEqualTo(StoredPositions.acknowledged(load));
    }
  }

  @Test
  void aDatabaseThatIsKilledAndStaysAwayForAWhileIsOnlyWaitedFor() throws Exception {
    Path home = directory.resolve("database");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.claim(
            home, TestDatabase.programsDirectory(), 40, EmbeddedPostgres.Durability.SAFE)) {
      postgres.start();
      DatabaseAddress address = postgres.address();
      try (RunningServer server =
              RunningServer.start(
                  Map.of(
                      "database.url", address.url(),
                      "database.user", address.user(),
                      "database.password", address.password()));
          Witness witness = Witness.start(server, "13900000070");
          PositionLoad load = new PositionLoad(server.server().jt808Port(), TERMINALS)) {
        await().atMost(SOON).until(() -> server.server().database().problem().isEmpty());
        load.connect();
        load.report(PER_SECOND, 1000);
        kill(home.resolve("cluster"));
        load.report(PER_SECOND, 3000);
        assertThat(load.awaitAnswers(SOON)).as("acknowledged while it is away").isTrue();
        assertThat(server.server().database().problem()).isPresent();
        witness.assertUndisturbed();

        postgres.start();
        await().atMost(SOON).until(() -> server.server().database().problem().isEmpty());
        load.report(PER_SECOND, 500);
        assertThat(load.awaitAnswers(SOON)).isTrue();
        await()
            .atMost(SOON)
            .until(() -> server.metric().value("roadcast_journal_behind_bytes") == 0);
        assertThat(StoredPositions.read(address)).isEqualTo(StoredPositions.acknowledged(load));
        server.assertHealthy();
      }
    }
  }

  /** All of its processes at once, as when its machine fails. */
  private static void kill(Path cluster) throws Exception {
    long pid = Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await().atMost(SOON).until(() -> all.stream().noneMatch(PositionDurabilityTest::runs));
  }

  /** One that has ended is listed, without a program, until its new parent looks. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
