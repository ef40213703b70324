package io.roadcast.fleet.access;

/** May this principal do that to this resource? Asked on any thread; must not block for long. */
@FunctionalInterface
public interface AccessPolicy {
  boolean permits(Principal principal, Action action, Resource resource);

  /** A principal may do what its grants say. */
  static AccessPolicy byGrants() {
    return (principal, action, resource) ->
        principal.grants().stream().anyMatch(grant -> grant.permits(action, resource));
  }
}
