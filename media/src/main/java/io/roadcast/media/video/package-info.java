/**
 * A video track whatever its codec: which picture decoding can start with, the parameter sets it
 * needs, and its RTP payloads. Chooses between {@link io.roadcast.media.h264} and {@link
 * io.roadcast.media.h265}. One thread at a time per object.
 */
@NullMarked
package io.roadcast.media.video;

import org.jspecify.annotations.NullMarked;
