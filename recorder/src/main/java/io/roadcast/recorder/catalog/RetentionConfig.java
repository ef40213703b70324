package io.roadcast.recorder.catalog;

import java.time.Duration;

/**
 * @param age how long segments are kept; longer if somebody holds them
 * @param maxBytes of all kept segments; beyond it the oldest go
 * @param reservedBytes room that the disk keeps for others; below it the oldest go
 */
public record RetentionConfig(Duration age, long maxBytes, long reservedBytes) {}
