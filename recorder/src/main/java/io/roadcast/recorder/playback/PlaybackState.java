package io.roadcast.recorder.playback;

import java.util.Locale;

/** What a viewer is shown; the names are part of the API. */
public enum PlaybackState {
  LIVE,
  PLAYING,
  PAUSED,
  /** Nothing follows that can be shown. */
  ENDED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
