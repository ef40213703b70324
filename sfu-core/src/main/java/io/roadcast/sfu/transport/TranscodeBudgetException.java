package io.roadcast.sfu.transport;

import java.time.Duration;

/** The viewer needs other pictures than the stream has, and as many are made as may be. */
public final class TranscodeBudgetException extends ViewerRefusedException {
  private static final long serialVersionUID = 1L;

  TranscodeBudgetException(String message) {
    super("TRANSCODE_BUDGET", message, Duration.ofSeconds(10));
  }
}
