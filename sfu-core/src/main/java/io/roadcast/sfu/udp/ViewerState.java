package io.roadcast.sfu.udp;

/** How far a viewer is. */
public enum ViewerState {
  /** Its offer was answered; checks or the handshake are under way. */
  CONNECTING,
  /** It is sent media. */
  CONNECTED,
  CLOSED
}
