/**
 * Organizations, groups, vehicles, terminals and channels over REST, and the import of vehicles.
 * Every request asks the access policy; every change is audited.
 */
@NullMarked
package io.roadcast.signaling.fleet;

import org.jspecify.annotations.NullMarked;
