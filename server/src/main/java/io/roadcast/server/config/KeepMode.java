package io.roadcast.server.config;

/** Which streams are kept when they leave the ring. */
public enum KeepMode {
  /** All, for as long as they are live. */
  LIVE,
  NEVER
}
