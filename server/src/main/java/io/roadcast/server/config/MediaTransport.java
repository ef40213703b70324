package io.roadcast.server.config;

/** What terminals are told to send their media over. */
public enum MediaTransport {
  TCP,
  UDP
}
