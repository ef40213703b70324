package io.roadcast.fleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class EmbeddedPostgresTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path directory;

  private DatabaseConfig config() {
    return DatabaseConfig.embedded(directory, TestDatabase.programsDirectory(), 2);
  }

  @Test
  void keepsWhatItWasGivenAndWritesItToTheDisk() throws Exception {
    try (Database first = started()) {
      first.useTransaction(handle -> DatabaseTest.organization(handle, "A"));
      assertThat(setting(first, "fsync")).isEqualTo("on");
      assertThat(setting(first, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(first, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(first, "max_connections")).isEqualTo("12");
    }
    try (Database second = started()) {
      assertThat(DatabaseTest.organizations(second)).isEqualTo(1);
    }
  }

  @Test
  void asksForAPassword() throws Exception {
    try (Database database = started()) {
      int port = Integer.parseInt(setting(database, "port"));
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "roadcast", "guess"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void directoryBelongsToOneProcess() throws Exception {
    try (Database database = started()) {
      assertThatThrownBy(() -> Database.start(config()))
          .hasMessageContaining("is used by another server");
      assertThat(DatabaseTest.organizations(database)).isZero();
    }
  }

  @Test
  void clusterOfAnotherVersionIsNotTouched() throws Exception {
    Files.createDirectories(directory.resolve("cluster"));
    Files.writeString(directory.resolve("cluster/PG_VERSION"), "17\n");

    try (Database database = Database.start(config())) {
      await()
          .atMost(SOON)
          .until(() -> database.problem().orElse("").contains("made by PostgreSQL 17"));
    }
  }

  @Test
  void serverThatDiesIsStartedAgain() throws Exception {
    try (Database database = started()) {
      database.useTransaction(handle -> DatabaseTest.organization(handle, "A"));
      long dead = postmaster();

      ProcessHandle.of(dead).orElseThrow().destroyForcibly();

      await().atMost(SOON).until(() -> database.problem().isPresent());
      await().atMost(SOON).until(() -> database.problem().isEmpty());
      assertThat(postmaster()).isNotEqualTo(dead);
      assertThat(DatabaseTest.organizations(database)).isEqualTo(1);
    }
  }

  @Test
  void processThatWasKilledLeavesNothingThatKeepsTheNextFromStarting() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
      await().atMost(SOON).until(() -> "written".equals(said.readLine()));
      killed.destroyForcibly().waitFor();
    }
    long orphan = postmaster();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (Database next = started()) {
      assertThat(DatabaseTest.organizations(next)).isEqualTo(1);
      assertThat(postmaster()).isNotEqualTo(orphan);
    }
    await().atMost(SOON).until(() -> !runs(orphan));
  }

  /** An orphan that has ended is listed, without a program, until its new parent looks. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().command())
        .isPresent();
  }

  @Test
  void pidFileThatNamesAnotherProcessIsNoReasonToEndIt() throws Exception {
    started().close();
    Process bystander = new ProcessBuilder("sleep", "300").start();
    try {
      Files.write(
          directory.resolve("cluster/postmaster.pid"),
          List.of(Long.toString(bystander.pid()), directory.resolve("cluster").toString()));

      try (Database database = started()) {
        assertThat(DatabaseTest.organizations(database)).isZero();
      }
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  private Database started() throws Exception {
    Database database = Database.start(config());
    assertThat(database.awaitReady(SOON)).as(database.problem().orElse("")).isTrue();
    return database;
  }

  private long postmaster() throws Exception {
    List<String> lines = Files.readAllLines(directory.resolve("cluster/postmaster.pid"));
    return Long.parseLong(lines.getFirst().strip());
  }

  private static String setting(Database database, String name) {
    return database.withHandle(
        handle -> handle.createQuery("SHOW " + name).mapTo(String.class).one());
  }

  /** A process that writes something and then waits to be killed. */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      Database database =
          Database.start(
              DatabaseConfig.embedded(Path.of(arguments[0]), TestDatabase.programsDirectory(), 2));
      database.awaitReady(SOON);
      database.useTransaction(handle -> DatabaseTest.organization(handle, "A"));
      System.out.println("written");
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
