package io.roadcast.jtt.live;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamState;
import org.jspecify.annotations.Nullable;

/** What comes in of a channel at the moment. */
enum MediaPresence {
  NONE,
  /** Frames, but no codec can be told of them yet. */
  STARTED,
  /** Sound; a picture may follow. */
  SOUND,
  PICTURE;

  static MediaPresence of(@Nullable Stream stream) {
    if (stream == null || stream.state() != StreamState.LIVE) {
      return NONE;
    } else if (stream.video() != null) {
      return PICTURE;
    }
    return stream.audio() != null ? SOUND : STARTED;
  }
}
