package io.roadcast.jtt.attachment;

import java.util.Map;

/**
 * Figures of an {@link AttachmentServer}.
 *
 * @param open connections at this moment
 * @param connections since the start
 * @param requested alarms whose files were asked for, since the start
 * @param expected requests whose files are taken at this moment
 * @param bytes of files that came, each byte once
 * @param repeatedBytes that had come before
 * @param askedAgain answers with missing ranges
 * @param complete whole files
 * @param partial files that were given up
 * @param attached files that were tied to their events
 * @param waiting files that are not yet
 */
public record AttachmentStatistics(
    int open,
    long connections,
    long requested,
    int expected,
    long bytes,
    long repeatedBytes,
    long askedAgain,
    long complete,
    long partial,
    long attached,
    int waiting,
    Map<AttachmentFault, Long> refused,
    Map<AttachmentClose, Long> closed) {
  public AttachmentStatistics {
    refused = Map.copyOf(refused);
    closed = Map.copyOf(closed);
  }
}
