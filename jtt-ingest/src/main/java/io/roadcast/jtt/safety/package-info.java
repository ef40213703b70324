/**
 * Makes events of what location reports say: alarm items of T/JSATL 12-2017 and T/GDRTA 002-2020,
 * alarm flags of JT/T 808 and video alarms of JT/T 1078. {@link
 * io.roadcast.jtt.safety.EventDecoder} reads a report as the journal keeps it, {@link
 * io.roadcast.jtt.safety.EventWriter} carries them from the journal into the events' tables. Used
 * by the follower's thread. {@link io.roadcast.jtt.safety.PeripheralKeeping} keeps what terminals
 * say of the cameras and sensors that raise alarms, with a thread of its own.
 */
@NullMarked
package io.roadcast.jtt.safety;

import org.jspecify.annotations.NullMarked;
