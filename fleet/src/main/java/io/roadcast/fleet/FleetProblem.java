package io.roadcast.fleet;

/** Why something about the fleet can not be done. The names are those of the API's codes. */
public enum FleetProblem {
  INVALID_FIELD,
  ORGANIZATION_NOT_FOUND,
  GROUP_NOT_FOUND,
  VEHICLE_NOT_FOUND,
  TERMINAL_NOT_FOUND,
  CHANNEL_NOT_FOUND,
  ORGANIZATION_EXISTS,
  GROUP_EXISTS,
  VEHICLE_EXISTS,
  TERMINAL_EXISTS,
  CHANNEL_EXISTS,
  /** It still has groups, vehicles or terminals. */
  ORGANIZATION_NOT_EMPTY,
  /** It still has groups or vehicles. */
  GROUP_NOT_EMPTY,
  /** A group would lie within itself. */
  GROUP_CYCLE,
  /** A number is that of several terminals. */
  TERMINAL_AMBIGUOUS,
  /** Somebody else changed the record in between. */
  VERSION_CONFLICT
}
