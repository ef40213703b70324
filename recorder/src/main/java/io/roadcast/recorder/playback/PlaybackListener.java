package io.roadcast.recorder.playback;

import java.util.UUID;

/** Hears where playbacks are, at every change and once a second. Must not block. */
@FunctionalInterface
public interface PlaybackListener {
  void changed(UUID viewer, PlaybackStatus status);
}
