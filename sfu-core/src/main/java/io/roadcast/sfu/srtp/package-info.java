/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): protection of what is sent, per run of packets and behind
 * {@link io.roadcast.sfu.srtp.SrtpEngine}; authentication and decryption of what arrives. Keys come
 * from a DTLS handshake (RFC 5764). Profiles: AEAD_AES_128_GCM and AES128_CM_HMAC_SHA1_80, key
 * derivation rate 0, no MKI. Not covered: 256-bit keys, Cryptex, F8. Every context belongs to one
 * thread, that of the worker that owns the peer.
 */
@NullMarked
package io.roadcast.sfu.srtp;

import org.jspecify.annotations.NullMarked;
