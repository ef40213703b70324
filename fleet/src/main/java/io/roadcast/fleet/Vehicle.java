package io.roadcast.fleet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What drives. It outlives the terminals that are built into it.
 *
 * @param plateColor null if nobody said it
 * @param name null if it has none besides its plate
 */
public record Vehicle(
    UUID id,
    UUID organization,
    @Nullable UUID group,
    String plate,
    @Nullable PlateColor plateColor,
    @Nullable String name,
    Revision revision) {}
