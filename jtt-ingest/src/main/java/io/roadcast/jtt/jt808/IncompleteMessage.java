package io.roadcast.jtt.jt808;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of which parts are missing.
 *
 * @param firstSerial serial number of the part with index 1, as {@link PlatformPackageRequest}
 *     wants it
 * @param missing indexes, ascending from 1
 * @param requests how often they were asked for, this time included
 * @param first the part with index 1; null if it is among the missing ones
 * @param abandoned whether the assembler has given it up and dropped its parts
 */
public record IncompleteMessage(
    TerminalPhone terminal,
    int messageId,
    int total,
    int firstSerial,
    List<Integer> missing,
    int requests,
    @Nullable Bytes first,
    boolean abandoned) {
  public IncompleteMessage {
    missing = List.copyOf(missing);
  }
}
