package io.roadcast.fleet.store;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Only terminals that are connected, or only those that are not. Who is connected is not in the
 * database, so the asker says it.
 *
 * @param connected the ids of the connected terminals
 */
public record Presence(State wanted, Set<UUID> connected) {
  /** Whether a terminal is connected. */
  public enum State {
    ONLINE,
    OFFLINE
  }

  public Presence {
    connected = Set.copyOf(connected);
  }

  static String condition(@Nullable Presence presence, String terminalColumn) {
    if (presence == null) {
      return "";
    }
    return switch (presence.wanted) {
      case ONLINE -> " AND " + terminalColumn + " = ANY(:connected) ";
      case OFFLINE ->
          " AND (" + terminalColumn + " IS NULL OR " + terminalColumn + " <> ALL(:connected)) ";
    };
  }

  static <S extends SqlStatement<S>> void bind(S statement, @Nullable Presence presence) {
    if (presence != null) {
      statement.bind("connected", presence.connected.toArray(UUID[]::new));
    }
  }
}
