package io.roadcast.server.config;

/** What the log says and in which form. */
public record LoggingSection(LogLevel level, LogFormat format) {
  /** From this level on lines are written. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  public enum LogFormat {
    /** A line for a person. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }
}
