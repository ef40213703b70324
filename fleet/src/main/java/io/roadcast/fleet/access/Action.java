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
  READ_METRICS,
  /** To see organizations, groups, vehicles, terminals and where they are. */
  VIEW_FLEET,
  /** To add, change and remove them. */
  CHANGE_FLEET,
  /** To read who did what. */
  READ_AUDIT,
  /** To tell terminals to do something, and to see what became of it. */
  COMMAND_TERMINALS,
  /** To see and hear what terminals recorded and sent: pictures, sounds, videos. */
  VIEW_MEDIA,
  /** To remove it. */
  REMOVE_MEDIA,
  /** To see what is recorded, to watch it and to take it away. */
  VIEW_RECORDINGS,
  /** To hold recordings and to delete them. */
  CHANGE_RECORDINGS,
  /** To see safety events and the files that belong to them. */
  VIEW_EVENTS,
  /** To acknowledge, assign and comment events, and to mark them as false. */
  HANDLE_EVENTS,
  /** To report events that another analyser noticed. */
  REPORT_EVENTS,
  /** To say what is done about events, and who is told of them. */
  CHANGE_EVENT_RULES
}
