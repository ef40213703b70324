package io.roadcast.fleet.access;

/** Everybody may do everything: for a demonstration on the loopback address, never on a network. */
public final class OpenAccess implements AccessPolicy {
  @Override
  public boolean permits(Principal principal, Action action, Resource resource) {
    return true;
  }
}
