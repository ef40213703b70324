package io.roadcast.server;

import java.net.BindException;
import java.net.InetAddress;

/** Finds out why a port could not be opened, and says it in one line. */
final class BindProblem {
  private BindProblem() {}

  /**
   * @param key the configuration's key of the port
   */
  static StartException explain(Throwable failure, InetAddress address, int port, String key) {
    String place = address.getHostAddress() + " port " + port + " (" + key + ")";
    String reason = reason(failure);
    if (reason.contains("in use")) {
      return new StartException(
          place
              + " is in use by another program; stop it, or choose another port in the"
              + " configuration",
          failure);
    }
    return new StartException("can not listen on " + place + ": " + reason, failure);
  }

  /** What the operating system said, which libraries wrap in exceptions of their own. */
  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof BindException || message.contains("Address already in use")) {
        return message;
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
