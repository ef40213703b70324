package io.roadcast.fleet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A camera of a terminal.
 *
 * @param number the logical channel, 0 to 255
 */
public record Channel(
    UUID id,
    UUID organization,
    UUID terminal,
    int number,
    @Nullable String name,
    Revision revision) {
  public static final int MAX_NUMBER = 255;
}
