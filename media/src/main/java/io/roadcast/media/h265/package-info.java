/**
 * H.265 (ITU-T H.265, 09/2023) as far as a forwarder must read it: NAL unit types and the sequence
 * parameter set; and its RTP payload format (RFC 7798): single NAL units, aggregation and
 * fragmentation are written ({@link io.roadcast.media.h265.H265Packetizer}) and read ({@link
 * io.roadcast.media.h265.H265Depacketizer}); decoding order numbers (DONL) and PACI are not
 * covered. One thread at a time per object.
 */
@NullMarked
package io.roadcast.media.h265;

import org.jspecify.annotations.NullMarked;
