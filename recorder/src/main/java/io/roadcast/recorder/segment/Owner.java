package io.roadcast.recorder.segment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose pictures they were when they were recorded; null is what nobody knew then.
 *
 * @param terminal its record's id
 */
public record Owner(@Nullable UUID organization, @Nullable UUID terminal, @Nullable UUID vehicle) {
  public static Owner nobody() {
    return new Owner(null, null, null);
  }
}
