package io.roadcast.fleet.store;

import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An empty fleet in a database of its own. */
final class TestFleet implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  final TestDatabase database = TestDatabase.create();
  final FleetRecords records = FleetRecords.open(database.database());
  final UUID organization;

  TestFleet() {
    await().atMost(SOON).until(() -> records.identities().loaded());
    organization = records.organizations().ofNobodyElse();
  }

  /** One of many. */
  static String phone(int number) {
    return String.format("158%08d", number);
  }

  KnownTerminal known(String phone) {
    return switch (records.identities().byNumber(phone)) {
      case Resolution.Known known -> known.terminal();
      case Resolution other -> throw new AssertionError(phone + " is " + other);
    };
  }

  /** Of the vehicle that it is in; null for none. */
  @Nullable String plate(String phone) {
    return known(phone).plate();
  }

  @Override
  public void close() {
    records.close();
    database.close();
  }
}
