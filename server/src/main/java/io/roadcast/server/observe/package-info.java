/**
 * What operators see of a running node: metrics for Prometheus, health, the form of the log.
 *
 * <p>The media path counts for itself without locks ({@code WorkerStatistics}, {@code
 * Jt1078Statistics}); the classes here read those counters when Prometheus asks, so that observing
 * costs the packets nothing.
 */
@NullMarked
package io.roadcast.server.observe;

import org.jspecify.annotations.NullMarked;
