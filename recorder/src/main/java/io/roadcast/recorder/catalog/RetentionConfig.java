package io.roadcast.recorder.catalog;

import java.time.Duration;

/**
 * @param age how long segments are kept where their policy says nothing; longer if somebody holds
 *     them
 * @param maxBytes of all kept segments; beyond it the oldest go
 */
public record RetentionConfig(Duration age, long maxBytes) {}
