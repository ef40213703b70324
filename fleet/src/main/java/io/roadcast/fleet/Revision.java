package io.roadcast.fleet;

import java.time.Instant;

/**
 * Which state of a record this is.
 *
 * @param version 1 at first, one more with each change
 */
public record Revision(long version, Instant createdAt, Instant updatedAt) {}
