package io.roadcast.fleet;

import java.util.UUID;

/** Who owns vehicles. Everything else belongs to exactly one. */
public record Organization(UUID id, String name, Revision revision) {}
