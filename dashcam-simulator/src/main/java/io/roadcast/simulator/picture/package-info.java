/**
 * The drawn picture of a simulated dashcam: a road that moves, what a dashcam prints on it, and
 * codes that a program reads back. Java2D without fonts, so it needs nothing of the machine.
 */
@NullMarked
package io.roadcast.simulator.picture;

import org.jspecify.annotations.NullMarked;
