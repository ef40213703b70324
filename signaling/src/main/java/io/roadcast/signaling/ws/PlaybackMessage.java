package io.roadcast.signaling.ws;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.roadcast.signaling.http.PlaybackView;

/** What a viewer is shown of what was recorded. */
record PlaybackMessage(String type, @JsonUnwrapped PlaybackView playback) {
  static PlaybackMessage of(PlaybackView playback) {
    return new PlaybackMessage(ClientMessage.PLAYBACK, playback);
  }
}
