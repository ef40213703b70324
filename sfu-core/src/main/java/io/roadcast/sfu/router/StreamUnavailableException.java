package io.roadcast.sfu.router;

import java.time.Duration;

/** A stream that is wanted does not come. The message may be shown to a client. */
public final class StreamUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; the names are part of the contract. */
  public enum Code {
    STREAM_NOT_FOUND,
    TERMINAL_OFFLINE,
    /** It was asked and said no. */
    TERMINAL_REFUSED,
    /** It was asked, and nothing that can be shown came in time. */
    NO_MEDIA,
    /** The terminal has used up the data that it may use in a month. */
    DATA_BUDGET_EXCEEDED,
    SERVER_STOPPING
  }

  private final Code code;
  private final Duration retryAfter;

  /**
   * @param retryAfter when another attempt makes sense
   */
  public StreamUnavailableException(Code code, String message, Duration retryAfter) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public Code code() {
    return code;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
