package io.roadcast.sfu.udp;

/**
 * How long frames of one kind took through a worker, from their last byte coming in.
 *
 * @param firstPacket until the first packet to the first viewer was sent; packets leave in batches,
 *     the first one of a frame in a small batch
 * @param lastPacket until the last packet to the last viewer was sent
 */
public record FrameDelay(DelayHistogram.Snapshot firstPacket, DelayHistogram.Snapshot lastPacket) {}
