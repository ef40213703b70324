package io.roadcast.jtt.live;

import java.time.Duration;

/**
 * @param lossNotices how often terminals that send are told how much of it is lost
 */
public record LiveConfig(LiveTiming timing, MediaAddress address, Duration lossNotices) {}
