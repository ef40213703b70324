package io.roadcast.sfu.udp;

import static io.roadcast.sfu.congestion.BandwidthEstimator.UNLIMITED;

import io.roadcast.media.Codec;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A viewer as it was at some moment of the last second.
 *
 * @param since when its offer was answered
 * @param connectedAt when its keys were ready and media began
 * @param roundTrip of its last report
 * @param loss part of the packets it missed between its last two reports, 0 to 1; NaN until known
 * @param meanRoundTrip of all its reports; null until known
 * @param meanLoss of all its reports; NaN until known
 * @param frameRate pictures it was sent in the last second
 * @param bitRate what it was sent in the last second, bits per second
 * @param remote its proved address
 * @param codec of the picture, or of the sound where there is no picture
 * @param packets sent so far, resent ones included
 * @param bytes of payload in them
 * @param nacks packets it asked for
 * @param plis pictures it asked for (PLI and FIR)
 * @param retransmitted packets sent again
 * @param droppedFrames left out because the socket, the path, the viewer or the worker was behind
 * @param estimate what its path carries, bits per second; {@link
 *     io.roadcast.sfu.congestion.BandwidthEstimator#UNLIMITED} as long as it showed no limit
 * @param quality what it is sent of what it asked for
 */
public record ViewerStatistics(
    ViewerState state,
    Instant since,
    @Nullable Instant connectedAt,
    @Nullable Duration roundTrip,
    double loss,
    @Nullable Duration meanRoundTrip,
    double meanLoss,
    double frameRate,
    long bitRate,
    @Nullable PeerAddress remote,
    Codec codec,
    long packets,
    long bytes,
    long nacks,
    long plis,
    long retransmitted,
    long droppedFrames,
    long estimate,
    ViewerQuality quality) {
  /** Before the keys are ready, and after the end. */
  static ViewerStatistics withoutMedia(
      ViewerState state, Instant since, @Nullable PeerAddress remote, Codec codec) {
    return new ViewerStatistics(
        state,
        since,
        null,
        null,
        Double.NaN,
        null,
        Double.NaN,
        0,
        0,
        remote,
        codec,
        0,
        0,
        0,
        0,
        0,
        0,
        UNLIMITED,
        ViewerQuality.FULL);
  }
}
