package io.roadcast.events;

import java.time.Instant;
import java.util.UUID;

/** What somebody wrote about an event. */
public record EventComment(UUID id, UUID event, Instant at, String author, String text) {}
