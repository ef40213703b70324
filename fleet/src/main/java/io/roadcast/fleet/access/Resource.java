package io.roadcast.fleet.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an action is done to. */
public sealed interface Resource {
  /** Everything on this server. */
  record Whole() implements Resource {}

  /** All that belongs to an organization. */
  record OfOrganization(UUID organization) implements Resource {}

  /** A vehicle of an organization. */
  record OfVehicle(UUID organization, UUID vehicle) implements Resource {}

  /**
   * A terminal with all its channels.
   *
   * @param terminal its digits without leading zeros
   * @param organization that it belongs to; null if that is not known where it is asked
   */
  record OfTerminal(String terminal, @Nullable UUID organization) implements Resource {}

  /**
   * A stream in all its qualities.
   *
   * @param stream its name in normal form, such as "13912345678-1"
   */
  record OfStream(String stream) implements Resource {}

  static Resource whole() {
    return new Whole();
  }

  static Resource terminal(String terminal) {
    return new OfTerminal(terminal, null);
  }

  static Resource terminal(String terminal, UUID organization) {
    return new OfTerminal(terminal, organization);
  }

  static Resource organization(UUID organization) {
    return new OfOrganization(organization);
  }

  static Resource vehicle(UUID organization, UUID vehicle) {
    return new OfVehicle(organization, vehicle);
  }

  static Resource stream(String stream) {
    return new OfStream(stream);
  }

  /** Whether who may do something to this resource may thereby do it to the other one. */
  default boolean includes(Resource other) {
    return switch (this) {
      case Whole everything -> true;
      case OfOrganization(UUID organization) ->
          switch (other) {
            case OfOrganization(UUID same) -> same.equals(organization);
            case OfVehicle(UUID owner, UUID vehicle) -> owner.equals(organization);
            case OfTerminal(String terminal, UUID owner) -> organization.equals(owner);
            case OfStream stream -> false;
            case Whole everything -> false;
          };
      case OfVehicle vehicle -> other.equals(vehicle);
      case OfTerminal(String terminal, UUID owner) ->
          switch (other) {
            case OfTerminal(String same, UUID itsOwner) -> same.equals(terminal);
            case OfStream(String stream) -> terminalOf(stream).equals(terminal);
            case OfOrganization organization -> false;
            case OfVehicle vehicle -> false;
            case Whole everything -> false;
          };
      case OfStream stream -> other.equals(stream);
    };
  }

  private static String terminalOf(String stream) {
    int dash = stream.lastIndexOf('-');
    return dash < 0 ? "" : stream.substring(0, dash);
  }
}
