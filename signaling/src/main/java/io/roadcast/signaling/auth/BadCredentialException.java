package io.roadcast.signaling.auth;

/** A credential that is none of ours. The message is for the log, never for the client. */
public final class BadCredentialException extends Exception {
  private static final long serialVersionUID = 1L;

  BadCredentialException(String cause) {
    super(cause);
  }
}
