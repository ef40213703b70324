package io.roadcast.signaling.http;

import io.roadcast.fleet.FleetProblem;

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
  ORGANIZATION_NOT_FOUND(404, "Not Found"),
  GROUP_NOT_FOUND(404, "Not Found"),
  VEHICLE_NOT_FOUND(404, "Not Found"),
  TERMINAL_NOT_FOUND(404, "Not Found"),
  CHANNEL_NOT_FOUND(404, "Not Found"),
  POSITION_UNKNOWN(404, "Not Found"),
  COMMAND_NOT_FOUND(404, "Not Found"),
  MEDIA_NOT_FOUND(404, "Not Found"),
  EVIDENCE_NOT_FOUND(404, "Not Found"),
  RECORDING_NOT_FOUND(404, "Not Found"),
  EVENT_NOT_FOUND(404, "Not Found"),
  EVENT_RULES_NOT_FOUND(404, "Not Found"),
  WEBHOOK_NOT_FOUND(404, "Not Found"),
  DELIVERY_NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  STREAM_WITHOUT_MEDIA(409, "Conflict"),
  ORGANIZATION_EXISTS(409, "Conflict"),
  ORGANIZATION_NOT_EMPTY(409, "Conflict"),
  GROUP_EXISTS(409, "Conflict"),
  GROUP_NOT_EMPTY(409, "Conflict"),
  GROUP_CYCLE(409, "Conflict"),
  VEHICLE_EXISTS(409, "Conflict"),
  TERMINAL_EXISTS(409, "Conflict"),
  TERMINAL_AMBIGUOUS(409, "Conflict"),
  TOO_MANY_WEBHOOKS(409, "Conflict"),
  DELIVERY_NOT_DEAD(409, "Conflict"),
  CHANNEL_EXISTS(409, "Conflict"),
  CHANNEL_NOT_LIVE(409, "Conflict"),
  CHANNEL_BUSY(409, "Conflict"),
  RECORDING_FORMAT_CHANGES(409, "Conflict"),
  RECORDING_PROTECTED(409, "Conflict"),
  PLAYBACK_NOT_ACTIVE(409, "Conflict"),
  RESUME_TOO_OLD(410, "Gone"),
  PRECONDITION_FAILED(412, "Precondition Failed"),
  BODY_TOO_LARGE(413, "Content Too Large"),
  URI_TOO_LONG(414, "URI Too Long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  HOST_NOT_ALLOWED(421, "Misdirected Request"),
  CODEC_NOT_SUPPORTED(422, "Unprocessable Content"),
  IDEMPOTENCY_KEY_REUSED(422, "Unprocessable Content"),
  PRECONDITION_REQUIRED(428, "Precondition Required"),
  RATE_LIMITED(429, "Too Many Requests"),
  DATA_BUDGET_EXCEEDED(429, "Too Many Requests"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  INTERNAL(500, "Internal Server Error"),
  TERMINAL_REFUSED(502, "Bad Gateway"),
  TOO_MANY_VIEWERS(503, "Service Unavailable"),
  SERVER_OVERLOADED(503, "Service Unavailable"),
  STREAM_VIEWERS_FULL(503, "Service Unavailable"),
  TRANSCODE_BUDGET(503, "Service Unavailable"),
  TOO_MANY_PLAYBACKS(503, "Service Unavailable"),
  RECORDING_UNREADABLE(503, "Service Unavailable"),
  STORAGE_UNAVAILABLE(503, "Service Unavailable"),
  TOO_MANY_CONNECTIONS(503, "Service Unavailable"),
  DATABASE_UNAVAILABLE(503, "Service Unavailable"),
  SERVER_STOPPING(503, "Service Unavailable"),
  NO_MEDIA(504, "Gateway Timeout"),
  COMMAND_TIMED_OUT(504, "Gateway Timeout");

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

  /** The code for what the fleet's records refused. */
  public static ErrorCode of(FleetProblem problem) {
    return switch (problem) {
      case INVALID_FIELD -> INVALID_BODY;
      case ORGANIZATION_NOT_FOUND -> ORGANIZATION_NOT_FOUND;
      case GROUP_NOT_FOUND -> GROUP_NOT_FOUND;
      case VEHICLE_NOT_FOUND -> VEHICLE_NOT_FOUND;
      case TERMINAL_NOT_FOUND -> TERMINAL_NOT_FOUND;
      case CHANNEL_NOT_FOUND -> CHANNEL_NOT_FOUND;
      case ORGANIZATION_EXISTS -> ORGANIZATION_EXISTS;
      case GROUP_EXISTS -> GROUP_EXISTS;
      case VEHICLE_EXISTS -> VEHICLE_EXISTS;
      case TERMINAL_EXISTS -> TERMINAL_EXISTS;
      case CHANNEL_EXISTS -> CHANNEL_EXISTS;
      case ORGANIZATION_NOT_EMPTY -> ORGANIZATION_NOT_EMPTY;
      case GROUP_NOT_EMPTY -> GROUP_NOT_EMPTY;
      case GROUP_CYCLE -> GROUP_CYCLE;
      case TERMINAL_AMBIGUOUS -> TERMINAL_AMBIGUOUS;
      case VERSION_CONFLICT -> PRECONDITION_FAILED;
    };
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
