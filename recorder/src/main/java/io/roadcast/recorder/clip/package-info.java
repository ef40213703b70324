/**
 * Clips: our own video around an event, cut out of the ring or the recordings as soon as its last
 * second is written, into files that stay when those go; each with its checksum in a manifest, and
 * a picture.
 */
@NullMarked
package io.roadcast.recorder.clip;

import org.jspecify.annotations.NullMarked;
