package io.roadcast.bench.viewer;

/**
 * What came and went on a viewer's socket.
 *
 * @param datagrams received, of any kind
 * @param bytes of these, UDP payload
 * @param checks Binding requests sent, consent included
 * @param checkAnswers authentic answers
 * @param refusedChecks error responses
 * @param unauthentic SRTP and SRTCP packets whose tag is wrong
 * @param replayed packets that SRTP had already taken
 * @param malformed packets that are no RTP or RTCP after decryption
 * @param strays datagrams that are neither STUN, DTLS, RTP nor RTCP, or media of unknown type
 * @param beforeKeys media packets that came before the handshake was over, and were kept
 * @param senderReports received
 * @param byes received
 * @param reports receiver reports sent
 * @param nacks sequence numbers asked for
 * @param plis keyframe requests sent
 */
public record TransportStatistics(
    long datagrams,
    long bytes,
    long checks,
    long checkAnswers,
    long refusedChecks,
    long unauthentic,
    long replayed,
    long malformed,
    long strays,
    long beforeKeys,
    long senderReports,
    long byes,
    long reports,
    long nacks,
    long plis) {}
