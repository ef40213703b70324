package io.roadcast.sfu.whep;

import java.time.Duration;

/** A stream of another server can not be had, or is over; the message says why. */
final class RemoteEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  RemoteEndedException(String message) {
    this(message, Duration.ZERO);
  }

  /**
   * @param retryAfter what the other server asks for
   */
  RemoteEndedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
