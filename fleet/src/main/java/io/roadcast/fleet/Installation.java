package io.roadcast.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A terminal's time in a vehicle.
 *
 * @param to null while it is there
 */
public record Installation(
    UUID id, UUID organization, UUID vehicle, UUID terminal, Instant from, @Nullable Instant to) {}
