package io.roadcast.jtt.journal;

import java.util.Map;

/**
 * What a journal did since it was opened.
 *
 * @param records that are durable
 * @param groups of records that were made durable by one fsync
 * @param refused records by what became of them; without {@link Outcome#DURABLE}
 * @param cutBytes torn tail that was cut when it was opened
 * @param skippedBytes damaged places that followers went over
 * @param diskBytes all segments now
 * @param behindBytes durable, but not followed yet
 * @param slowestGroupNanos longest time of writing and fsync together
 */
public record JournalStatistics(
    long records,
    long groups,
    Map<Outcome, Long> refused,
    long cutBytes,
    long skippedBytes,
    long diskBytes,
    long behindBytes,
    long slowestGroupNanos) {
  public JournalStatistics {
    refused = Map.copyOf(refused);
  }
}
