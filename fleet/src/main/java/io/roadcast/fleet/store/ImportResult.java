package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetProblem;
import java.time.Duration;
import java.util.List;

/**
 * What an import did.
 *
 * @param unchanged lines that said nothing new
 * @param errors the first {@link #MAX_ERRORS}
 * @param failed lines with an error
 */
public record ImportResult(
    int created, int updated, int unchanged, int failed, List<Failure> errors, Duration took) {
  public static final int MAX_ERRORS = 1000;

  /** Why a line was not taken. */
  public record Failure(int line, FleetProblem problem, String detail) {}

  public ImportResult {
    errors = List.copyOf(errors);
  }
}
