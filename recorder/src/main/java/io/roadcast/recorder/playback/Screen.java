package io.roadcast.recorder.playback;

import io.roadcast.media.Codec;
import io.roadcast.sfu.router.Stream;
import org.jspecify.annotations.Nullable;

/** Where a playback is seen. */
interface Screen {
  /** What pictures must be coded in; null if any will do. */
  @Nullable Codec codec();

  /** Shows a stream from its newest group of pictures on, or its sound once that has come. */
  void show(Stream stream);

  /** Whether anybody can see it by now. */
  boolean connected();
}
