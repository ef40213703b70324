package io.roadcast.bench.viewer;

import io.roadcast.media.nal.AccessUnit;
import java.nio.ByteBuffer;

/** Takes what a viewer receives, in order. Called on the loop's thread; must not block for long. */
public interface MediaSink {
  /**
   * A picture.
   *
   * @param unit the sink's own; damaged if a packet of it is missing
   * @param timestamp RTP time, 32 bits
   */
  default void picture(AccessUnit unit, int timestamp) {}

  /**
   * A packet of sound.
   *
   * @param payload valid during the call
   * @param timestamp RTP time, 32 bits
   */
  default void sound(ByteBuffer payload, int timestamp) {}
}
