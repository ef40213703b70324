package io.roadcast.signaling.http;

import org.jspecify.annotations.Nullable;

/**
 * A problem body (RFC 9457).
 *
 * @param code stable, for programs
 * @param detail for people
 * @param incident only of an INTERNAL error: the same words stand in the server's log
 */
public record Problem(
    String type, String title, int status, String code, String detail, @Nullable String incident) {
  public static final String CONTENT_TYPE = "application/problem+json";

  public static Problem of(ErrorCode code, String detail) {
    return new Problem("about:blank", code.title(), code.status(), code.name(), detail, null);
  }

  static Problem ofIncident(String incident) {
    ErrorCode code = ErrorCode.INTERNAL;
    String detail = "The server made a mistake; its log says more under this incident.";
    return new Problem("about:blank", code.title(), code.status(), code.name(), detail, incident);
  }
}
