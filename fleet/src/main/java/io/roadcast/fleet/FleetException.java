package io.roadcast.fleet;

/** Something about the fleet can not be done. The message may be shown to who asked. */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FleetProblem problem;

  public FleetException(FleetProblem problem, String message) {
    super(message, null, false, false);
    this.problem = problem;
  }

  public FleetProblem problem() {
    return problem;
  }
}
