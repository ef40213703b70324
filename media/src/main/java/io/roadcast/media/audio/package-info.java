/**
 * Sound without FFmpeg: G.711 (ITU-T G.711, 11/1988) with its RTP payload (RFC 3551, section
 * 4.5.14) in packets of 20 ms, IMA ADPCM as JT/T 1078 carries it, and what tells the rate of
 * codings that do not say it. One thread at a time per object.
 */
@NullMarked
package io.roadcast.media.audio;

import org.jspecify.annotations.NullMarked;
