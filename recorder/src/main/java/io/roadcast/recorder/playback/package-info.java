/**
 * Recorded pictures shown to viewers over WebRTC: each playback reads the recording at the wanted
 * pace on a thread of its own and publishes it as a private stream, which its viewer is shown in
 * the place of the live one. Nothing is decoded; sound is brought into what the viewer takes by the
 * transcoding that all streams share.
 */
@NullMarked
package io.roadcast.recorder.playback;

import org.jspecify.annotations.NullMarked;
