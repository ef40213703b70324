package io.roadcast.sfu.udp;

import java.util.Map;

/**
 * What a worker did since it started, as it was at some moment.
 *
 * @param worker its number, from 0
 * @param streams of which it holds a window
 * @param packets RTP and RTCP packets handed to the socket
 * @param runs how many pieces of equal packets they were sent in
 * @param framesDroppedByQueue frames that did not reach the worker because it was behind
 * @param framesDroppedBySocket frames left out for single viewers because the socket was full
 * @param framesShed frames left out for single viewers because the worker had too much to do
 * @param framesThinned frames left out for single viewers because their paths are slower than the
 *     stream
 * @param retransmitted packets sent again as RTX
 * @param nacks packets that viewers asked for
 * @param plis pictures that viewers asked for (PLI and FIR)
 * @param authenticationFailures checks and reports with a wrong tag
 * @param handedOver datagrams that came in here for another worker's viewer, and went to it
 * @param noise dropped datagrams by reason
 * @param refusedSegmentations how often packets left singly because the system did not segment them
 * @param utilisation part of the last second in which the worker did not sleep, 0 to 1
 * @param delays of live frames by kind
 */
public record WorkerStatistics(
    int worker,
    int viewers,
    int streams,
    long packets,
    long bytes,
    long runs,
    long framesDroppedByQueue,
    long framesDroppedBySocket,
    long framesShed,
    long framesThinned,
    long retransmitted,
    long nacks,
    long plis,
    long authenticationFailures,
    long handedOver,
    Map<NoiseReason, Long> noise,
    long portErrors,
    long refusedSegmentations,
    double utilisation,
    Map<FrameKind, FrameDelay> delays) {}
