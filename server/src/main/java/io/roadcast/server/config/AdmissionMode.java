package io.roadcast.server.config;

/** Which terminals are let in. */
public enum AdmissionMode {
  /** All while access is open, else those that are known. */
  AUTO,
  OPEN,
  KNOWN
}
