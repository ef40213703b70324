package io.roadcast.recorder.clip;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a picture of a clip. Blocks; any thread. */
@FunctionalInterface
public interface ClipPicture {
  /**
   * JPEG of a moment near the middle.
   *
   * @throws IOException if there can not be one
   */
  byte[] of(Path clip) throws IOException;
}
