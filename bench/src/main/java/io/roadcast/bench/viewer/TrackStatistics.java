package io.roadcast.bench.viewer;

import java.util.Optional;

/**
 * One received track.
 *
 * @param codec name in the answer, such as {@code H264}
 * @param payloadType of its media packets
 * @param ssrc of its media packets, 32 bits
 * @param jitterTicks interarrival jitter (RFC 3550, section 6.4.1)
 * @param clock of the last sender report
 */
public record TrackStatistics(
    String codec,
    int payloadType,
    int ssrc,
    PacketStatistics packets,
    FrameStatistics frames,
    long jitterTicks,
    Optional<ClockMapping> clock) {}
