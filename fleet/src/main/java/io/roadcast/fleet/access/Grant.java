package io.roadcast.fleet.access;

import java.util.Set;

/** What a principal may do to a resource and to all that it includes. */
public record Grant(Set<Action> actions, Resource resource) {
  public Grant {
    actions = Set.copyOf(actions);
  }

  public boolean permits(Action action, Resource wanted) {
    return actions.contains(action) && resource.includes(wanted);
  }
}
