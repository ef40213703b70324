package io.roadcast.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that came by and that nobody knows; it keeps its id when it is adopted.
 *
 * @param raw in hex, as it came over the wire
 * @param address it last came from
 * @param times how often it came, about
 */
public record UnknownTerminal(
    UUID id,
    String digits,
    IdentityKind kind,
    @Nullable String raw,
    @Nullable String address,
    TerminalFacts facts,
    long times,
    Instant firstSeenAt,
    Instant lastSeenAt) {}
