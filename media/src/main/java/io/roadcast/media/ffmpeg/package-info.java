/**
 * Encoding and decoding by FFmpeg, the only package that imports its binding. Plain calls that take
 * as long as the work takes: the caller brings the thread, one at a time per object, and closes.
 */
@NullMarked
package io.roadcast.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
