package io.roadcast.signaling.fleet;

import io.javalin.http.Context;
import io.roadcast.fleet.Organization;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.Organizations;
import io.roadcast.fleet.store.Page;
import io.roadcast.fleet.store.Scope;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.Gate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose records an asker may do something to, for lists that leave out those of all others. */
public final class PermittedOrganizations {
  private static final int AT_ONCE = 500;

  private final Organizations organizations;
  private final Gate gate;

  public PermittedOrganizations(Organizations organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  /**
   * @throws ApiException UNAUTHENTICATED; FORBIDDEN if nobody's
   */
  public Scope scope(Context ctx, Action action) {
    Principal principal = gate.identify(ctx);
    if (gate.permits(principal, action, Resource.whole())) {
      return Scope.everything();
    }
    Set<UUID> permitted = new HashSet<>();
    for (Page.@Nullable Wish wish = Page.Wish.first(AT_ONCE); wish != null; ) {
      Page<Organization> page = organizations.list(Scope.everything(), wish);
      for (Organization each : page.items()) {
        if (gate.permits(principal, action, Resource.organization(each.id()))) {
          permitted.add(each.id());
        }
      }
      wish = page.next() == null ? null : new Page.Wish(page.next(), AT_ONCE);
    }
    if (permitted.isEmpty()) {
      gate.require(ctx, action, Resource.whole());
    }
    return Scope.of(permitted);
  }
}
