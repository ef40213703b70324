/**
 * Where simulated vehicles drive: closed loops of streets that are made up around a city. Routes
 * are immutable; any thread may use them.
 */
@NullMarked
package io.roadcast.simulator.route;

import org.jspecify.annotations.NullMarked;
