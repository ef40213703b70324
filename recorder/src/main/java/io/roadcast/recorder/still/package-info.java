/**
 * Small pictures of recordings: made by a child process, which alone decodes what came from
 * outside, and kept for a while.
 */
@NullMarked
package io.roadcast.recorder.still;

import org.jspecify.annotations.NullMarked;
