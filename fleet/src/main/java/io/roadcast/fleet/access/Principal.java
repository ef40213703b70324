package io.roadcast.fleet.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who asks.
 *
 * @param id stable name for logs and audit lines; never a secret
 * @param grants what this principal may do; all of them count
 */
public record Principal(String id, Kind kind, List<Grant> grants) {
  /** What sort of credential stands behind a principal. */
  public enum Kind {
    ADMINISTRATOR,
    /** The bearer of a token for one stream. */
    STREAM_GUEST,
    /** Nobody showed a credential; only where access is open. */
    ANONYMOUS
  }

  public Principal {
    grants = List.copyOf(grants);
  }

  public static Principal administrator() {
    Set<Action> all = EnumSet.allOf(Action.class);
    return new Principal(
        "administrator", Kind.ADMINISTRATOR, List.of(new Grant(all, Resource.whole())));
  }

  public static Principal anonymous() {
    return new Principal("anonymous", Kind.ANONYMOUS, List.of());
  }

  /**
   * Somebody who may watch one stream.
   *
   * @param id of the token, for logs
   * @param stream the stream's name in normal form
   */
  public static Principal streamGuest(String id, String stream) {
    return new Principal(
        id,
        Kind.STREAM_GUEST,
        List.of(
            new Grant(Set.of(Action.LIST_STREAMS), Resource.whole()),
            new Grant(Set.of(Action.VIEW_STREAM), Resource.stream(stream))));
  }
}
