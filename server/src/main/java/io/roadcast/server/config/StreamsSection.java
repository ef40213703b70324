package io.roadcast.server.config;

import java.time.Duration;

/** How many streams this node carries, and what it keeps of each. */
public record StreamsSection(
    @Between(min = "1", max = "100000") int max,
    @Between(min = "0s", max = "1h") Duration grace,
    @Between(min = "64KiB", max = "256MiB") int maxGopBytes,
    @Between(min = "10", max = "10000") int maxGopBlocks) {}
