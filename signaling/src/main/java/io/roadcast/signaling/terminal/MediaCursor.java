package io.roadcast.signaling.terminal;

import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where the next page of files begins: behind this one. */
record MediaCursor(Instant at, UUID id) {
  private static final int MAX_CHARACTERS = 120;

  String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((at + "/" + id).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  static MediaCursor parse(String encoded) {
    try {
      if (encoded.length() <= MAX_CHARACTERS) {
        String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        if (slash > 0) {
          return new MediaCursor(
              Instant.parse(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
        }
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
