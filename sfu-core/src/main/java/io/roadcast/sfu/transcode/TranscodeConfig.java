package io.roadcast.sfu.transcode;

import java.time.Duration;

/**
 * @param maxChildren child JVMs at once
 * @param maxJobs streams and codecs that are transcoded at once; further ones are not begun
 * @param opusBitRate bits per second of each
 * @param linger how long a child without work is kept
 */
public record TranscodeConfig(int maxChildren, int maxJobs, int opusBitRate, Duration linger) {
  public TranscodeConfig {
    if (maxChildren < 1 || maxJobs < 0 || opusBitRate < 6000 || linger.isNegative()) {
      throw new IllegalArgumentException("children, jobs, bit rate and linger are positive");
    }
  }

  /** What reference.yaml says too; a test of the server holds them together. */
  public static TranscodeConfig defaults() {
    return new TranscodeConfig(2, 100, 24_000, Duration.ofSeconds(20));
  }

  public TranscodeConfig withLinger(Duration other) {
    return new TranscodeConfig(maxChildren, maxJobs, opusBitRate, other);
  }

  /** So many that all fit into the allowed number of children. */
  int jobsPerChild() {
    return Math.ceilDiv(Math.max(1, maxJobs), maxChildren);
  }
}
