package io.roadcast.simulator;

import io.roadcast.media.Codec;
import org.jspecify.annotations.Nullable;

/**
 * The sound beside a drawn picture.
 *
 * @param codec PCMA or PCMU; null for none
 * @param blockMillis length of a block, e.g. 20, 25, 40 or 100
 */
public record Sound(@Nullable Codec codec, int blockMillis) {
  public Sound {
    if (codec != null && codec != Codec.PCMA && codec != Codec.PCMU) {
      throw new IllegalArgumentException("no simulated sound in " + codec);
    }
    if (blockMillis < 1 || blockMillis > 100) {
      throw new IllegalArgumentException("sound in blocks of " + blockMillis + " ms");
    }
  }

  /** A-law in blocks of 40 ms. */
  public static Sound standard() {
    return new Sound(Codec.PCMA, 40);
  }

  public static Sound none() {
    return new Sound(null, 40);
  }
}
