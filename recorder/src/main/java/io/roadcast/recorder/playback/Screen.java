package io.roadcast.recorder.playback;

import io.roadcast.sfu.router.Stream;

/** Where a playback is seen. */
interface Screen {
  /**
   * Shows a stream from its newest group of pictures on, or its sound once that has come.
   *
   * @return false if its pictures are coded in a way that can not be shown here
   */
  boolean show(Stream stream);

  /** Whether anybody can see it by now. */
  boolean connected();
}
