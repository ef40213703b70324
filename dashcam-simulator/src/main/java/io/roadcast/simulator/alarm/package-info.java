/**
 * Safety alarms of a simulated terminal (T/JSATL 12-2017, flags of JT/T 808, video alarms of JT/T
 * 1078): which there are, when they come, their items, their files, and how these are uploaded,
 * well and badly.
 */
@NullMarked
package io.roadcast.simulator.alarm;

import org.jspecify.annotations.NullMarked;
