/**
 * G.711 (ITU-T G.711, 11/1988): companding tables, and its RTP payload (RFC 3551, section 4.5.14)
 * in packets of 20 ms. One thread at a time per object.
 */
@NullMarked
package io.roadcast.media.audio;

import org.jspecify.annotations.NullMarked;
