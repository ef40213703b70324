package io.roadcast.server.config;

import java.time.Duration;

/** How terminals are asked for live pictures. */
public record LiveSection(
    @Between(min = "0s", max = "10m") Duration grace,
    @Between(min = "1s", max = "1m") Duration answerTimeout,
    @Between(min = "1s", max = "1m") Duration mediaTimeout,
    @Between(min = "1s", max = "10m") Duration lossNotices,
    @Between(min = "0B", max = "1024GiB") long monthlyBytes) {}
