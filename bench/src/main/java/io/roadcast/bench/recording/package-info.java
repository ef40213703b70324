/**
 * What recording costs: the recorder in memory and processor time, beside streams that are not
 * recorded.
 */
@NullMarked
package io.roadcast.bench.recording;

import org.jspecify.annotations.NullMarked;
