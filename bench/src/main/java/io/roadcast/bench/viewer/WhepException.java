package io.roadcast.bench.viewer;

import java.io.IOException;

/** The server's refusal of a WHEP request. */
public final class WhepException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  WhepException(int status, String body) {
    super("HTTP " + status + (body.isEmpty() ? "" : ": " + body));
    this.status = status;
    this.body = body;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** What the server said, usually a problem body (RFC 9457). */
  public String body() {
    return body;
  }
}
