package io.roadcast.sfu.webrtc;

/** Why a handshake gave no keys. */
public enum DtlsFailure {
  /** The peer fell silent. */
  TIMED_OUT,
  /** Its certificate is not the one that its SDP announced. */
  WRONG_FINGERPRINT,
  /** It showed no certificate. */
  WITHOUT_CERTIFICATE,
  /** It does not want SRTP, or in no profile of ours. */
  WITHOUT_SRTP,
  /** It ended the handshake by an alert. */
  REFUSED_BY_PEER,
  /** Anything else: no common version or cipher, no extended master secret, a malformed message. */
  PROTOCOL_ERROR
}
