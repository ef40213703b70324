package io.roadcast.sfu.tcp;

/** Why a connection was closed. */
public enum ConnectionEnd {
  /** Too many are open, or too many that proved nothing. */
  REFUSED,
  /** It proved no viewer's password in time. */
  UNPROVED,
  /** It does not begin as ICE over TCP does, or has a longer packet than any viewer sends. */
  NOT_ICE,
  /** The viewer is over, or has newer paths. */
  VIEWER_OVER,
  /** The other side closed it, or the network broke. */
  PEER_GONE
}
