package io.roadcast.bench.viewer;

import java.io.IOException;

/** The server's answer is not one that this viewer can use. */
public final class SdpAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  SdpAnswerException(String message) {
    super(message);
  }

  SdpAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
