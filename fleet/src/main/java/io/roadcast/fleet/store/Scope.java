package io.roadcast.fleet.store;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Whose records somebody may see.
 *
 * @param organizations null: everybody's
 */
public record Scope(@Nullable Set<UUID> organizations) {
  /** To be put into a WHERE together with {@link #bind}; of the table aliased {@code t}. */
  static final String CONDITION = "(:everybody OR t.organization_id = ANY(:organizations))";

  public Scope {
    organizations = organizations == null ? null : Set.copyOf(organizations);
  }

  public static Scope everything() {
    return new Scope(null);
  }

  public static Scope of(Set<UUID> organizations) {
    return new Scope(organizations);
  }

  public boolean includes(UUID organization) {
    return organizations == null || organizations.contains(organization);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    UUID[] ids = organizations == null ? new UUID[0] : organizations.toArray(UUID[]::new);
    return statement.bind("everybody", organizations == null).bind("organizations", ids);
  }
}
