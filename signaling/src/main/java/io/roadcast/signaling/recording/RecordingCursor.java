package io.roadcast.signaling.recording;

import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** The place in a list of recordings where the next page begins: behind this segment. */
record RecordingCursor(Place after) {
  private static final int MAX_CHARACTERS = 120;

  String encode() {
    String text = after.from() + "/" + after.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  static RecordingCursor parse(String encoded) {
    try {
      if (encoded.length() <= MAX_CHARACTERS) {
        String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        if (slash > 0) {
          Instant from = Instant.parse(text.substring(0, slash));
          if (from.getEpochSecond() >= 0 && from.isBefore(RecordingRequest.LATEST)) {
            return new RecordingCursor(new Place(from, UUID.fromString(text.substring(slash + 1))));
          }
        }
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
