package io.roadcast.signaling.event;

import io.roadcast.events.store.EventTables.Place;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** The place in a list of events where the next page begins: behind this event. */
record EventCursor(Place after) {
  private static final int MAX_CHARACTERS = 120;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  String encode() {
    String text = after.at() + "/" + after.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  static EventCursor parse(String encoded) {
    try {
      if (encoded.length() <= MAX_CHARACTERS) {
        String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        if (slash > 0) {
          Instant at = Instant.parse(text.substring(0, slash));
          if (at.getEpochSecond() >= 0 && at.isBefore(LATEST)) {
            return new EventCursor(new Place(at, UUID.fromString(text.substring(slash + 1))));
          }
        }
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
