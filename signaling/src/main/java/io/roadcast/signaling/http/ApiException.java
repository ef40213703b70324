package io.roadcast.signaling.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refused request. The detail is shown to the client. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable Duration retryAfter;

  public ApiException(ErrorCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = null;
  }

  /**
   * @param retryAfter when asking again may help
   */
  public ApiException(ErrorCode code, String detail, Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
