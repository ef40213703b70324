/**
 * What a browser and the server agree on before media flows, without any socket: STUN (RFC 8489)
 * and an ICE-lite responder (RFC 8445), the server's side of DTLS-SRTP (RFC 5763, 5764, 6347,
 * 8122), and SDP offers and answers (RFC 8866, 8829, 9143, 5761, 8843 BUNDLE). Datagrams come in
 * and go out as byte arrays.
 *
 * <p>Entry points: {@link io.roadcast.sfu.webrtc.SdpOffer}, {@link
 * io.roadcast.sfu.webrtc.SdpAnswer}, {@link io.roadcast.sfu.webrtc.IceLite}, {@link
 * io.roadcast.sfu.webrtc.DtlsServer}. ICE is answered on the thread that received the check; a
 * handshake runs on a virtual thread of its own. Not covered: trickled candidates (the peer's first
 * check tells its address), renegotiation, data channels, DTLS 1.3.
 */
@NullMarked
package io.roadcast.sfu.webrtc;

import org.jspecify.annotations.NullMarked;
