package io.roadcast.bench.viewer;

/**
 * The packets of one track since its first.
 *
 * @param received media packets that were kept: neither duplicates nor repairs nor dropped on
 *     purpose
 * @param payloadBytes of these
 * @param gaps sequence numbers that were missing when a later one came
 * @param lost gaps that were given up
 * @param missing gaps that may still close
 * @param duplicates packets that were there already, repairs included
 * @param reordered media packets that closed a gap by themselves
 * @param repairPackets RTX packets
 * @param repaired gaps closed by one
 * @param wrongRepairs repairs of packets dropped on purpose whose time, marker or payload differs
 * @param droppedOnPurpose by {@link LoadViewer#dropping}
 */
public record PacketStatistics(
    long received,
    long payloadBytes,
    long gaps,
    long lost,
    long missing,
    long duplicates,
    long reordered,
    long repairPackets,
    long repaired,
    long wrongRepairs,
    long droppedOnPurpose) {}
