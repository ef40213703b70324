package io.roadcast.signaling.whep;

import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a viewer wants to begin: a time (RFC 3339), or seconds before now such as "-30". */
final class StartTime {
  private static final Pattern SECONDS_BACK = Pattern.compile("-[0-9]{1,8}(\\.[0-9]{1,3})?");

  private StartTime() {}

  /**
   * @return null if it wants what is live
   * @throws ApiException INVALID_PARAMETER
   */
  static @Nullable Instant of(@Nullable String text, Instant now) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (SECONDS_BACK.matcher(text).matches()) {
      return now.plusMillis(Math.round(Double.parseDouble(text) * 1000));
    }
    try {
      Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (time.getEpochSecond() >= 0 && !time.isAfter(now)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw new ApiException(
        ErrorCode.INVALID_PARAMETER,
        "start is a time of the past such as 2026-01-31T12:00:00Z, or seconds such as -30.");
  }
}
