package io.roadcast.sfu.udp;

/** Why a viewer was closed. */
public enum ViewerEnd {
  /** It said so itself, over HTTP, DTLS or RTCP. */
  LEFT,
  /** An operator closed it. */
  KICKED,
  STREAM_ENDED,
  /** No authenticated check, or no finished handshake, within the time for it. */
  NEVER_CONNECTED,
  /** No authenticated check for too long (RFC 7675). */
  CONSENT_EXPIRED,
  HANDSHAKE_FAILED,
  /** The stream changed to a codec that was not negotiated. */
  CODEC_CHANGED,
  SERVER_STOPPING,
  /** Our own mistake; the log has the reason. */
  INTERNAL_ERROR
}
