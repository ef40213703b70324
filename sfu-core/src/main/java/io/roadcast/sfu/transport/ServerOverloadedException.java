package io.roadcast.sfu.transport;

import java.time.Duration;

/** The server has more to send than it can: another viewer would cost those that are there. */
public final class ServerOverloadedException extends ViewerRefusedException {
  private static final long serialVersionUID = 1L;

  ServerOverloadedException() {
    super("SERVER_OVERLOADED", "the server has too much to send", Duration.ofSeconds(10));
  }
}
