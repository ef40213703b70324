/**
 * Segments: what a recording's files are, where they lie, what stands beside them, and how one that
 * was cut off is repaired.
 */
@NullMarked
package io.roadcast.recorder.segment;

import org.jspecify.annotations.NullMarked;
