package io.roadcast.bench.viewer;

/**
 * Percentiles of a span of time, in microseconds; all 0 if there were no samples.
 *
 * @param samples how many
 */
public record DelayStatistics(
    long samples, long median, long percentile95, long percentile99, long max) {}
