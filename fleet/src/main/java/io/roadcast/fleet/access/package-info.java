/**
 * Who may do what to which vehicle, terminal and stream. Every route and subscription asks here.
 */
@NullMarked
package io.roadcast.fleet.access;

import org.jspecify.annotations.NullMarked;
