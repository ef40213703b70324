package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;

/**
 * Told by a {@link DtlsEndpoint} what became of the handshake: either {@code established}, then
 * perhaps {@code closedByPeer}, or {@code failed}. Called on virtual threads, one call at a time;
 * after {@link DtlsEndpoint#close()} a call that was under way may still arrive.
 */
public interface DtlsListener {
  /** The peer is who its SDP said; media may flow with these keys. */
  void established(SrtpKeys keys);

  /** There will be no keys; the peer was told by an alert where possible. */
  void failed(DtlsFailure failure, String detail);

  /** The peer sent close_notify or a fatal alert after the handshake. */
  void closedByPeer();
}
