/**
 * H.264 (ITU-T H.264, 08/2021) as far as a forwarder must read it: NAL unit types, the sequence
 * parameter set, the type of a slice; and its RTP payload format (RFC 6184): packetization mode 1
 * is written ({@link io.roadcast.media.h264.H264Packetizer}) and read ({@link
 * io.roadcast.media.h264.H264Depacketizer}); the interleaved mode 2 is not covered. One thread at a
 * time per object.
 */
@NullMarked
package io.roadcast.media.h264;

import org.jspecify.annotations.NullMarked;
