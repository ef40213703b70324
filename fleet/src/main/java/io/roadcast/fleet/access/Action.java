package io.roadcast.fleet.access;

/** What somebody may want to do. */
public enum Action {
  /** To be told which streams exist; each of them still needs {@link #VIEW_STREAM} to be shown. */
  LIST_STREAMS,
  /** To watch a stream and to read its state. */
  VIEW_STREAM,
  /** To see who watches a stream. */
  LIST_VIEWERS,
  /** To end somebody else's viewing. */
  KICK_VIEWER,
  /** To make tokens for others. */
  CREATE_TOKEN,
  READ_METRICS
}
