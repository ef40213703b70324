/**
 * Reading: any range of a stream as one MP4 that is made while it is sent, and as a playlist of HLS
 * (RFC 8216) over the files as they lie. Plain calls that block; every caller brings its thread.
 */
@NullMarked
package io.roadcast.recorder.retrieve;

import org.jspecify.annotations.NullMarked;
