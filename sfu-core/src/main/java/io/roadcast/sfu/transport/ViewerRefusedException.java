package io.roadcast.sfu.transport;

import java.time.Duration;

/** A viewer that could be taken later. The message may be shown to the client. */
public abstract sealed class ViewerRefusedException extends Exception
    permits ServerOverloadedException,
        StreamWithoutMediaException,
        StreamViewersFullException,
        TooManyViewersException,
        TranscodeBudgetException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final Duration retryAfter;

  ViewerRefusedException(String code, String message, Duration retryAfter) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Stable, such as TOO_MANY_VIEWERS. */
  public String code() {
    return code;
  }

  /** When another attempt makes sense. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
