/**
 * Safety events: the normalised form of what terminals and analysers report. Records only; {@code
 * store} keeps them, {@code action} does something about them. Imports the fleet and nothing else
 * of ours.
 */
@NullMarked
package io.roadcast.events;

import org.jspecify.annotations.NullMarked;
