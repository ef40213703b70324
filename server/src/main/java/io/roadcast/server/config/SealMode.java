package io.roadcast.server.config;

/** What recordings are encrypted with before they reach a disk. */
public enum SealMode {
  NONE,
  /** A key per segment, wrapped by the master key. */
  SEALED
}
