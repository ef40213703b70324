package io.roadcast.simulator;

/**
 * What a simulation did so far, summed over all terminals and channels.
 *
 * @param videoFrames drawn pictures sent, or packets of video of a file
 * @param keyframes those among them that decoding can start with
 * @param soundBlocks blocks of sound sent
 * @param packets JT/T 1078 packets sent
 * @param packetsLost packets left out on purpose
 * @param bytes bytes of the packets sent
 * @param dropped frames that no longer fitted because the connection was too slow, and those that
 *     could not be decoded without them
 * @param connects connections made
 * @param connected connections that are up now
 */
public record SimulationCounters(
    long videoFrames,
    long keyframes,
    long soundBlocks,
    long packets,
    long packetsLost,
    long bytes,
    long dropped,
    long connects,
    long connected) {}
