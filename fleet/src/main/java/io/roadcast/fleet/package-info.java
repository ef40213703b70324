/**
 * What a fleet consists of: organizations, groups, vehicles, terminals and what they call
 * themselves; who is meant by a number that came over the wire.
 */
@NullMarked
package io.roadcast.fleet;

import org.jspecify.annotations.NullMarked;
