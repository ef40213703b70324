package io.roadcast.sfu.udp;

import java.time.Duration;

/**
 * What every worker of a server is told.
 *
 * @param connectTimeout from a viewer's first check until its keys are ready
 * @param consentTimeout without an authenticated check a viewer is gone after this
 * @param burstBytesPerMilli rate of one viewer's replay, for streams of up to 4 Mbit/s
 * @param burstBytesPerMilliInAll rate of all replays of a worker together
 * @param window how far back lost packets can be sent again at least
 * @param maxWindowBytes of one stream on one worker
 * @param maxQueuedFrames that wait for a worker before it is given no more
 */
public record WorkerSettings(
    Duration connectTimeout,
    Duration consentTimeout,
    int burstBytesPerMilli,
    int burstBytesPerMilliInAll,
    PlayoutDelay playoutDelay,
    Duration window,
    int maxWindowBytes,
    int maxQueuedFrames) {
  public WorkerSettings {
    if (burstBytesPerMilli < 1
        || burstBytesPerMilliInAll < 1
        || maxWindowBytes < 1
        || maxQueuedFrames < 1) {
      throw new IllegalArgumentException("worker limits are positive");
    }
  }
}
