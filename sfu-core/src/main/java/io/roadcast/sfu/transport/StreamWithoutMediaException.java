package io.roadcast.sfu.transport;

import java.time.Duration;

/** Nothing was received of the stream yet, so that nothing can be answered. */
public final class StreamWithoutMediaException extends ViewerRefusedException {
  private static final long serialVersionUID = 1L;

  StreamWithoutMediaException(String message) {
    super("STREAM_WITHOUT_MEDIA", message, Duration.ofSeconds(1));
  }
}
