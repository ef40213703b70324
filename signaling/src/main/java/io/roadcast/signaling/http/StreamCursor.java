package io.roadcast.signaling.http;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place in the list of streams where the next page begins: behind this stream. */
record StreamCursor(StreamId after) {
  private static final int MAX_CHARACTERS = 200;

  String encode() {
    String text = after.quality().label() + "/" + after.name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  static StreamCursor parse(String encoded) {
    try {
      if (encoded.length() <= MAX_CHARACTERS) {
        String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        if (slash > 0) {
          Quality quality = Quality.ofLabel(text.substring(0, slash));
          return new StreamCursor(StreamId.parse(text.substring(slash + 1), quality));
        }
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
