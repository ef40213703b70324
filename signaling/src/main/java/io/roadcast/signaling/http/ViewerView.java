package io.roadcast.signaling.http;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A viewer as the API shows it.
 *
 * @param state connecting, connected or closed
 * @param connectMs from its offer until its keys were ready; absent before
 * @param roundTripMs absent until measured
 * @param meanRoundTripMs of all its reports; absent until measured
 * @param loss part of the packets that the viewer's last report missed, 0 to 1; absent until told
 * @param meanLoss of all its reports; absent until told
 * @param frameRate pictures that it was sent in the last second
 * @param bitRate payload bits per second, over the last second
 * @param path absent until connected
 * @param nacks packets asked for again
 * @param plis pictures asked for again
 * @param estimateBitRate what its path carries; absent while it has shown no limit
 * @param quality what it is sent: full, thinned or sub
 */
public record ViewerView(
    UUID id,
    String state,
    Instant since,
    @Nullable Long connectMs,
    @Nullable Long roundTripMs,
    @Nullable Long meanRoundTripMs,
    @Nullable Double loss,
    @Nullable Double meanLoss,
    double frameRate,
    long bitRate,
    @Nullable Path path,
    String codec,
    long nacks,
    long plis,
    long retransmitted,
    long droppedFrames,
    @Nullable Long estimateBitRate,
    String quality) {
  /**
   * @param transport udp, tcp or relay
   * @param remote the viewer's address and port, or its relay's
   */
  public record Path(String transport, String remote) {}
}
