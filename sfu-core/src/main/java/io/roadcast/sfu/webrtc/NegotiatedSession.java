package io.roadcast.sfu.webrtc;

import java.util.Optional;

/**
 * What an answer settled.
 *
 * @param video empty if the viewer gets none
 * @param audio empty if the viewer gets none; never both empty
 * @param cname for source descriptions, the same for both tracks
 * @param local our ICE credentials
 * @param remote the viewer's ICE credentials; a lite agent never needs the password
 * @param remoteFingerprint of the certificate that the viewer will show
 * @param reducedSizeRtcp whether RTCP packets need not be compound (RFC 5506)
 */
public record NegotiatedSession(
    Optional<NegotiatedTrack> video,
    Optional<NegotiatedTrack> audio,
    String cname,
    IceCredentials local,
    IceCredentials remote,
    Fingerprint remoteFingerprint,
    boolean reducedSizeRtcp) {}
