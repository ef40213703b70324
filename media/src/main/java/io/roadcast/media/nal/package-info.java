/**
 * NAL units as H.264 and H.265 share them: the byte stream format (Annex B of both standards), the
 * bits of a raw byte sequence payload (section 7.3.1 and 9.1), and what their RTP payload formats
 * (RFC 6184, RFC 7798) have in common: {@link io.roadcast.media.nal.NalPacketizer}, {@link
 * io.roadcast.media.nal.NalDepacketizer}. One thread at a time per object.
 */
@NullMarked
package io.roadcast.media.nal;

import org.jspecify.annotations.NullMarked;
