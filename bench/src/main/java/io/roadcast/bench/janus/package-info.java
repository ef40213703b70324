/**
 * The server beside Janus' streaming plugin: the same stream to the same viewers, each server alone
 * on one core, in turn.
 */
@NullMarked
package io.roadcast.bench.janus;

import org.jspecify.annotations.NullMarked;
