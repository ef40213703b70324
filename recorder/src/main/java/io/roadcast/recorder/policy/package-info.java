/**
 * What is kept: policies of organizations, groups, vehicles and channels, recordings that somebody
 * started, and the leases that bring cameras which are to be recorded always.
 */
@NullMarked
package io.roadcast.recorder.policy;

import org.jspecify.annotations.NullMarked;
