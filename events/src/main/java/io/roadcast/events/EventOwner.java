package io.roadcast.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose terminal it was at that time; all null for a terminal that nobody knows. */
public record EventOwner(
    @Nullable UUID terminal,
    @Nullable UUID vehicle,
    @Nullable UUID group,
    @Nullable UUID organization) {
  public static final EventOwner NOBODY = new EventOwner(null, null, null, null);
}
