package io.roadcast.fleet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Vehicles of one organization that belong together; groups form a tree.
 *
 * @param parent null at the top
 */
public record Group(
    UUID id, UUID organization, @Nullable UUID parent, String name, Revision revision) {}
