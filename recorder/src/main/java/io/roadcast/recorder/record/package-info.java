/**
 * Writing: a stream's blocks become access units, these become fragmented MP4 in the disk ring, and
 * what a rule says is kept gets a second name. {@link io.roadcast.recorder.record.Recorder} is the
 * entry; its writer threads own all that is open, the forwarding threads only put references into
 * queues.
 */
@NullMarked
package io.roadcast.recorder.record;

import org.jspecify.annotations.NullMarked;
