/**
 * NAL units as H.264 and H.265 share them: the byte stream format (Annex B of both standards) and
 * the bits of a raw byte sequence payload (section 7.3.1 and 9.1). No state, no threads.
 */
@NullMarked
package io.roadcast.media.nal;

import org.jspecify.annotations.NullMarked;
