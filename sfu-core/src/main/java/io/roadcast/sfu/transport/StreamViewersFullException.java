package io.roadcast.sfu.transport;

import java.time.Duration;

/** The stream has as many viewers as one stream may have. */
public final class StreamViewersFullException extends ViewerRefusedException {
  private static final long serialVersionUID = 1L;

  StreamViewersFullException(int limit) {
    super(
        "STREAM_VIEWERS_FULL",
        "the stream has " + limit + " viewers, which is the limit",
        Duration.ofSeconds(10));
  }
}
