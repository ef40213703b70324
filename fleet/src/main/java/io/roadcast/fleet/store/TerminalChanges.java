package io.roadcast.fleet.store;

import java.util.Collection;
import java.util.UUID;

/** Told, after the commit, which terminals or what they are in may have changed. */
@FunctionalInterface
interface TerminalChanges {
  void tell(Collection<UUID> terminals);
}
