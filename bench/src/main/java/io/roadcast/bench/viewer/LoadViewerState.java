package io.roadcast.bench.viewer;

/** Where a viewer is in its life. */
public enum LoadViewerState {
  /** Checks or handshake are under way. */
  CONNECTING,
  /** There are keys; media may come. */
  CONNECTED,
  /** The server ended the association by close_notify, an alert or BYE. */
  CLOSED_BY_SERVER,
  /** No connection, or it was lost. */
  FAILED,
  /** Closed by its owner. */
  CLOSED
}
