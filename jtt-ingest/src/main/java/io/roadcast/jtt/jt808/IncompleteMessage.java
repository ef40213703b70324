package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * A message of which parts are missing.
 *
 * @param firstSerial serial number of the part with index 1, as {@link PlatformPackageRequest}
 *     wants it
 * @param missing indexes, ascending from 1
 * @param abandoned whether the assembler has given it up and dropped its parts
 */
public record IncompleteMessage(
    TerminalPhone terminal,
    int messageId,
    int total,
    int firstSerial,
    List<Integer> missing,
    boolean abandoned) {
  public IncompleteMessage {
    missing = List.copyOf(missing);
  }
}
