package io.roadcast.fleet.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import as it was written; null is what the line does not say, and what it does not
 * say is left as it is.
 *
 * @param line of the file, from 1
 * @param group its path from the top, with "/" between the names
 * @param mediaIds and aliases: added to those that the terminal has
 */
public record ImportRow(
    int line,
    @Nullable String plate,
    @Nullable String plateColor,
    @Nullable String name,
    @Nullable String group,
    @Nullable String phone,
    List<String> mediaIds,
    @Nullable String imei,
    List<String> aliases,
    List<NumberedName> channels) {
  /** A channel as a line says it. */
  public record NumberedName(int number, @Nullable String name) {}

  public ImportRow {
    mediaIds = List.copyOf(mediaIds);
    aliases = List.copyOf(aliases);
    channels = List.copyOf(channels);
  }
}
