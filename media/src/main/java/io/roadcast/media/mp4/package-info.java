/**
 * Fragmented MP4 (ISO/IEC 14496-12): what a reader needs to find fragments, and to give them
 * another time or an edit list. Covered are moov, mvhd, trak, tkhd, mdhd, edts, mvex and moof,
 * traf, tfhd, tfdt, trun; samples and their descriptions are left as the muxer wrote them. Entry
 * points are {@link io.roadcast.media.mp4.MovieHeader} and {@link
 * io.roadcast.media.mp4.MovieFragment}. No threads.
 */
@NullMarked
package io.roadcast.media.mp4;

import org.jspecify.annotations.NullMarked;
