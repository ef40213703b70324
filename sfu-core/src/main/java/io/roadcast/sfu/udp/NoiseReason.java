package io.roadcast.sfu.udp;

/** Why a received datagram was dropped. */
public enum NoiseReason {
  /** Empty, cut, or of a first byte that RFC 7983 gives to nobody we know. */
  NOT_OURS,
  /** A STUN message that can not be read, or is no Binding request to one of our viewers. */
  STUN_UNKNOWN,
  /** A check for a known viewer with a wrong password, or with none. */
  STUN_UNAUTHENTICATED,
  /** From a viewer's address, of a first byte of DTLS, but without the frame of a DTLS record. */
  DTLS_MALFORMED,
  /** DTLS, SRTP or SRTCP from an address that no check has proved. */
  UNKNOWN_ADDRESS,
  /** For another worker's viewer, and that worker has too much to do. */
  OWNER_BEHIND,
  /** SRTP or SRTCP before the keys are there. */
  NO_KEYS,
  /** SRTP: viewers send us no media. */
  MEDIA_FROM_VIEWER,
  /** SRTCP with a wrong tag. */
  SRTCP_UNAUTHENTICATED,
  /** SRTCP that was seen before. */
  SRTCP_REPLAYED,
  /** SRTCP or RTCP that can not be read. */
  RTCP_MALFORMED
}
