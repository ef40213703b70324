package io.roadcast.sfu.transport;

import java.time.Duration;

/** The server has as many viewers as it may have. */
public final class TooManyViewersException extends ViewerRefusedException {
  private static final long serialVersionUID = 1L;

  TooManyViewersException(String message) {
    super("TOO_MANY_VIEWERS", message, Duration.ofSeconds(10));
  }
}
