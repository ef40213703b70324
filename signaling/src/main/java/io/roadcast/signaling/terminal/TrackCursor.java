package io.roadcast.signaling.terminal;

import io.roadcast.jtt.position.PositionTables.Place;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The place in a track where the next page begins: behind this position. */
record TrackCursor(Place after) {
  private static final int MAX_CHARACTERS = 100;

  String encode() {
    String text = after.at() + "/" + after.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  static TrackCursor parse(String encoded) {
    try {
      if (encoded.length() <= MAX_CHARACTERS) {
        String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        if (slash > 0) {
          Instant at = Instant.parse(text.substring(0, slash));
          return new TrackCursor(new Place(at, Long.parseLong(text.substring(slash + 1))));
        }
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
