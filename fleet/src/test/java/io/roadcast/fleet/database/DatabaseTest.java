package io.roadcast.fleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DatabaseTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final TestDatabase test = TestDatabase.create();
  private final Database database = test.database();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void databaseOfATestHasTheTablesAndIsItsOwn() {
    database.useTransaction(handle -> organization(handle, "A"));

    assertThat(organizations(database)).isEqualTo(1);
    try (TestDatabase other = TestDatabase.create()) {
      assertThat(organizations(other.database())).isZero();
    }
  }

  @Test
  void whatThrowsIsUndone() {
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    handle -> {
                      organization(handle, "A");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(organizations(database)).isZero();
  }

  @Test
  void brokenRuleIsNamed() {
    database.useTransaction(handle -> organization(handle, "A"));

    assertThatThrownBy(() -> database.useTransaction(handle -> organization(handle, "A")))
        .satisfies(
            failure ->
                assertThat(Constraints.violated(failure)).hasValue("organization_name_unique"));
    assertThat(Constraints.violated(new IllegalStateException())).isEmpty();
  }

  @Test
  void outageInTheMiddleFailsWithItsOwnExceptionAndEndsByItself() {
    AtomicInteger readies = new AtomicInteger();
    database.onReady(readies::incrementAndGet);
    assertThat(readies).hasValue(1);

    test.cutOff();

    await().atMost(SOON).until(() -> database.problem().isPresent());
    assertThatThrownBy(() -> organizations(database))
        .isInstanceOf(DatabaseUnavailableException.class);
    assertThat(database.statistics().outages()).isEqualTo(1);

    test.restore();

    await().atMost(SOON).until(() -> database.problem().isEmpty());
    assertThat(organizations(database)).isZero();
    assertThat(readies).hasValue(2);
  }

  @Test
  void absentAtTheStartIsSaidAndItStartsByItselfLater() throws Exception {
    test.cutOff();
    DatabaseConfig config = DatabaseConfig.external(test.address(), 2);
    try (Database late = Database.start(config)) {
      assertThatThrownBy(() -> organizations(late))
          .isInstanceOf(DatabaseUnavailableException.class);
      await().atMost(SOON).until(() -> !late.problem().orElse("").equals("is starting"));

      test.restore();

      assertThat(late.awaitReady(SOON)).isTrue();
      assertThat(organizations(late)).isZero();
    }
  }

  @Test
  void urlOfAnotherDatabaseIsRefusedAndPasswordIsNotShown() {
    assertThatThrownBy(() -> new DatabaseAddress("jdbc:h2:mem:x", "u", "p"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new DatabaseAddress("jdbc:postgresql://h/d?password=x", "u", "p").toString())
        .isEqualTo("jdbc:postgresql://h/d");
  }

  static void organization(Handle handle, String name) {
    handle.execute("INSERT INTO organization (id, name) VALUES (?, ?)", UUID.randomUUID(), name);
  }

  static int organizations(Database database) {
    return database.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM organization").mapTo(int.class).one());
  }
}
