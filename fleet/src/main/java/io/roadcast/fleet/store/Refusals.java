package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.database.Constraints;
import io.roadcast.fleet.database.Database;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** What a broken rule of the tables means to who asked. */
final class Refusals {
  private static final String CHANGED = "It was changed in between; read it again.";

  private record Refusal(FleetProblem problem, String message) {}

  private static final Map<String, Refusal> BY_CONSTRAINT =
      Map.ofEntries(
          refusal(
              "organization_name_unique",
              FleetProblem.ORGANIZATION_EXISTS,
              "There is an organization of this name."),
          refusal(
              "vehicle_group_name_unique",
              FleetProblem.GROUP_EXISTS,
              "There is a group of this name at this place."),
          refusal(
              "vehicle_plate_unique",
              FleetProblem.VEHICLE_EXISTS,
              "There is a vehicle with this plate."),
          refusal(
              "terminal_phone_unique",
              FleetProblem.TERMINAL_EXISTS,
              "There is a terminal with this phone number."),
          refusal(
              "channel_number_unique",
              FleetProblem.CHANNEL_EXISTS,
              "The terminal has a channel of this number."),
          refusal(
              "vehicle_group_parent",
              FleetProblem.GROUP_NOT_FOUND,
              "The organization has no such group."),
          refusal(
              "vehicle_group_exists",
              FleetProblem.GROUP_NOT_FOUND,
              "The organization has no such group."),
          refusal(
              "installation_terminal",
              FleetProblem.TERMINAL_NOT_FOUND,
              "The organization has no such terminal."),
          refusal("installation_vehicle_now", FleetProblem.VERSION_CONFLICT, CHANGED),
          refusal("installation_terminal_now", FleetProblem.VERSION_CONFLICT, CHANGED),
          refusal(
              "vehicle_group_organization_id_fkey",
              FleetProblem.ORGANIZATION_NOT_FOUND,
              "There is no such organization."),
          refusal(
              "vehicle_organization_id_fkey",
              FleetProblem.ORGANIZATION_NOT_FOUND,
              "There is no such organization."),
          refusal(
              "terminal_organization_id_fkey",
              FleetProblem.ORGANIZATION_NOT_FOUND,
              "There is no such organization."));

  private Refusals() {}

  private static Map.Entry<String, Refusal> refusal(
      String constraint, FleetProblem problem, String message) {
    return Map.entry(constraint, new Refusal(problem, message));
  }

  /**
   * Runs something that writes.
   *
   * @throws FleetException if it breaks a rule that somebody outside can understand
   */
  static <T> T explaining(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      throw explained(failure);
    }
  }

  /** The same for a removal, where a rule means that something still belongs to the record. */
  static void explainingRemoval(FleetProblem notEmpty, String message, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      if (Constraints.violated(failure).isPresent()) {
        throw new FleetException(notEmpty, message);
      }
      throw failure;
    }
  }

  /**
   * Writes something in a transaction.
   *
   * @throws FleetException if it breaks a rule that somebody outside can understand
   */
  static <T> T inTransaction(Database database, HandleCallback<T, RuntimeException> work) {
    return explaining(() -> database.inTransaction(work));
  }

  static RuntimeException explained(RuntimeException failure) {
    Optional<String> constraint = Constraints.violated(failure);
    Refusal refusal = constraint.map(BY_CONSTRAINT::get).orElse(null);
    return refusal == null ? failure : new FleetException(refusal.problem, refusal.message);
  }

  /**
   * @param wanted that a change is meant for; null for whichever is there
   * @throws FleetException if another one is there
   */
  static void requireVersion(@Nullable Long wanted, long present) {
    if (wanted != null && wanted != present) {
      throw conflict();
    }
  }

  static FleetException conflict() {
    return new FleetException(FleetProblem.VERSION_CONFLICT, CHANGED);
  }
}
