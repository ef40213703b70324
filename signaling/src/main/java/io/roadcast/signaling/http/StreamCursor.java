package io.roadcast.signaling.http;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;

/** A place in the list of streams, as text. */
final class StreamCursor {
  private StreamCursor() {}

  static String of(StreamId stream) {
    return PageCursor.encode(stream.quality().label() + "/" + stream.name());
  }

  /**
   * @throws IllegalArgumentException if it is no place
   */
  static StreamId read(String place) {
    int slash = place.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a stream without a quality");
    }
    Quality quality = Quality.ofLabel(place.substring(0, slash));
    return StreamId.parse(place.substring(slash + 1), quality);
  }
}
