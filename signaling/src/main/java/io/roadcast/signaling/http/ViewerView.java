package io.roadcast.signaling.http;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A viewer as the API shows it.
 *
 * @param state connecting, connected or closed
 * @param roundTripMs absent until measured
 * @param loss part of the packets that the viewer's last report missed, 0 to 1; absent until told
 * @param bitRate payload bits per second, over the last second
 * @param path absent until connected
 * @param nacks packets asked for again
 * @param plis pictures asked for again
 * @param estimateBitRate what its path carries; absent while it has shown no limit
 * @param quality what it is sent: full, thinned or sub
 * @param player what its player tells; absent if it tells nothing
 */
public record ViewerView(
    UUID id,
    String state,
    Instant since,
    @Nullable Long roundTripMs,
    @Nullable Double loss,
    long bitRate,
    @Nullable Path path,
    String codec,
    long nacks,
    long plis,
    long retransmitted,
    long droppedFrames,
    @Nullable Long estimateBitRate,
    String quality,
    PlayerFigures.@Nullable Figures player) {
  ViewerView with(PlayerFigures.@Nullable Figures told) {
    return new ViewerView(
        id,
        state,
        since,
        roundTripMs,
        loss,
        bitRate,
        path,
        codec,
        nacks,
        plis,
        retransmitted,
        droppedFrames,
        estimateBitRate,
        quality,
        told);
  }

  /**
   * @param transport udp, tcp or relay
   * @param remote the viewer's address and port, or its relay's
   */
  public record Path(String transport, String remote) {}
}
