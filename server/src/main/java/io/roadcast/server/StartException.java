package io.roadcast.server;

/** The server can not start; the message is one line for the operator. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
