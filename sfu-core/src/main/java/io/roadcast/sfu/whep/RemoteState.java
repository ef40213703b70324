package io.roadcast.sfu.whep;

/** How it stands with a stream of another server. */
public enum RemoteState {
  /** Asked for; nothing has come yet. */
  CONNECTING,
  /** Media comes. */
  LIVE,
  /** It could not be had, or broke off; it is asked for again after a while. */
  WAITING,
  /** Nobody asks for it any more. */
  CLOSED
}
