package io.roadcast.jtt.multimedia;

/**
 * How much is kept.
 *
 * @param bytesPerTerminal when a terminal has more, its oldest files are removed
 * @param bytes when all terminals together have more, the oldest files are removed
 * @param waitingBytes of files whose row is not in the table, as the database is away; more are not
 *     kept
 */
public record MediaLimits(long bytesPerTerminal, long bytes, long waitingBytes) {
  public MediaLimits {
    if (bytesPerTerminal < 1 || bytes < 1 || waitingBytes < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
