/** Encoded media as it travels inside Roadcast: codecs, frames, and what is wrong with bad ones. */
@NullMarked
package io.roadcast.media;

import org.jspecify.annotations.NullMarked;
