package io.roadcast.jtt.multimedia;

import io.roadcast.jtt.position.PositionTables;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which files are wanted.
 *
 * @param from by the time they were made, inclusive
 * @param to exclusive
 * @param kind null for all
 * @param command that ordered them; null for all
 */
public record MediaQuery(
    PositionTables.Whose whose,
    Instant from,
    Instant to,
    @Nullable MediaKind kind,
    @Nullable UUID command) {}
