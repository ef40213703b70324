package io.roadcast.server.config;

/** What viewers' jitter buffers are asked for. */
public enum PlayoutMode {
  LOWEST,
  SMOOTH
}
