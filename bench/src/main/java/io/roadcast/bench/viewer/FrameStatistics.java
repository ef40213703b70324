package io.roadcast.bench.viewer;

/**
 * The frames of one track: pictures, or packets of sound.
 *
 * @param complete with all packets from the first to the marker
 * @param keyframes of these
 * @param damaged with lost packets, or without marker
 * @param lastTimestamp RTP time of the newest, 32 bits
 * @param lastArrivalNanos {@link System#nanoTime()} of its last packet
 * @param spread from a frame's first packet to its last
 * @param firstPacketDelay of a frame's first packet beyond the least that was seen, on the clock of
 *     its RTP time; frames of the first two seconds (the burst of a joining viewer) excepted
 * @param lastPacketDelay likewise of its last packet
 */
public record FrameStatistics(
    long complete,
    long keyframes,
    long damaged,
    int lastTimestamp,
    long lastArrivalNanos,
    DelayHistogram spread,
    DelayHistogram firstPacketDelay,
    DelayHistogram lastPacketDelay) {}
