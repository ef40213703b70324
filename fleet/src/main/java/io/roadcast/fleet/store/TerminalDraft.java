package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a terminal.
 *
 * @param identities at least one, at most one phone number, none twice
 */
public record TerminalDraft(@Nullable String name, List<IdentityDraft> identities) {
  /** More would be a mistake. */
  public static final int MAX_IDENTITIES = 50;

  public TerminalDraft {
    name = PlainText.optional(name, "name");
    List<IdentityDraft> distinct = new ArrayList<>();
    for (IdentityDraft identity : identities) {
      if (distinct.stream().noneMatch(identity::names)) {
        distinct.add(identity);
      }
    }
    identities = List.copyOf(distinct);
    if (identities.isEmpty()) {
      throw new FleetException(FleetProblem.INVALID_FIELD, "\"phone\" is missing.");
    }
    if (identities.size() > MAX_IDENTITIES) {
      throw new FleetException(
          FleetProblem.INVALID_FIELD, "A terminal goes by at most " + MAX_IDENTITIES + " numbers.");
    }
    if (identities.stream().filter(each -> each.kind() == IdentityKind.PHONE).count() > 1) {
      throw new FleetException(FleetProblem.INVALID_FIELD, "A terminal has one phone number.");
    }
  }
}
