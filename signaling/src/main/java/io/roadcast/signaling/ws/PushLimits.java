package io.roadcast.signaling.ws;

import java.time.Duration;

/**
 * @param maxConnections at once, in all
 * @param maxConnectionsPerAddress at once, from one address
 * @param maxQueuedMessages a client with more waiting is too slow and closed
 * @param maxMessageBytes what a client may say at once
 * @param messageBurst messages a client may send at once; in the long run one a second
 * @param maxFollowedViewers by one connection
 * @param pingInterval how often a client is pinged and its credential checked again; one that takes
 *     nothing of what is written to it for three intervals is closed
 * @param changeInterval how often a stream's viewers and rates are looked at
 */
public record PushLimits(
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxQueuedMessages,
    int maxMessageBytes,
    int messageBurst,
    int maxFollowedViewers,
    Duration pingInterval,
    Duration changeInterval) {
  public static PushLimits defaults() {
    return new PushLimits(
        2000, 100, 256, 16 * 1024, 64, 64, Duration.ofSeconds(20), Duration.ofSeconds(2));
  }
}
