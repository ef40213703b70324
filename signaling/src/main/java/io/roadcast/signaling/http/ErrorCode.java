package io.roadcast.signaling.http;

/**
 * Every refusal a client can see, with its status. The names are part of the contract: they are
 * never changed or given another meaning.
 */
public enum ErrorCode {
  INVALID_PARAMETER(400, "Bad Request"),
  INVALID_BODY(400, "Bad Request"),
  SDP_INVALID(400, "Bad Request"),
  MESSAGE_INVALID(400, "Bad Request"),
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHENTICATED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  ORIGIN_NOT_ALLOWED(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  STREAM_NOT_FOUND(404, "Not Found"),
  TERMINAL_OFFLINE(404, "Not Found"),
  VIEWER_NOT_FOUND(404, "Not Found"),
  SESSION_NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  STREAM_WITHOUT_MEDIA(409, "Conflict"),
  PRECONDITION_FAILED(412, "Precondition Failed"),
  BODY_TOO_LARGE(413, "Content Too Large"),
  URI_TOO_LONG(414, "URI Too Long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  HOST_NOT_ALLOWED(421, "Misdirected Request"),
  CODEC_NOT_SUPPORTED(422, "Unprocessable Content"),
  ICE_RESTART_NOT_SUPPORTED(422, "Unprocessable Content"),
  PRECONDITION_REQUIRED(428, "Precondition Required"),
  RATE_LIMITED(429, "Too Many Requests"),
  DATA_BUDGET_EXCEEDED(429, "Too Many Requests"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  INTERNAL(500, "Internal Server Error"),
  TERMINAL_REFUSED(502, "Bad Gateway"),
  TOO_MANY_VIEWERS(503, "Service Unavailable"),
  SERVER_OVERLOADED(503, "Service Unavailable"),
  STREAM_VIEWERS_FULL(503, "Service Unavailable"),
  TOO_MANY_CONNECTIONS(503, "Service Unavailable"),
  SERVER_STOPPING(503, "Service Unavailable"),
  NO_MEDIA(504, "Gateway Timeout");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** The status in words, as RFC 9457 wants it for problems of type about:blank. */
  public String title() {
    return title;
  }

  /** The code for a refusal that the HTTP layer itself made. */
  static ErrorCode ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> SERVER_STOPPING;
      default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
    };
  }
}
