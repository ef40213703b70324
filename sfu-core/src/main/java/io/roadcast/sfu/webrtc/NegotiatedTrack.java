package io.roadcast.sfu.webrtc;

import io.roadcast.media.Codec;
import java.util.Set;

/**
 * One track as it is sent to one viewer.
 *
 * @param mid of the media section, empty if the offer gave none
 * @param codec of track and payload type
 * @param ssrc of the media, as the answer tells, an unsigned 32-bit number
 * @param rtxPayloadType of retransmissions (RFC 4588), or {@link #NO_RTX}
 * @param rtxSsrc of retransmissions; of no meaning without them
 * @param feedback which RTCP feedback the viewer may send
 */
public record NegotiatedTrack(
    String mid,
    Codec codec,
    int payloadType,
    int ssrc,
    int rtxPayloadType,
    int rtxSsrc,
    HeaderExtensions extensions,
    Set<RtcpFeedback> feedback) {
  /** No retransmission payload type was offered; lost packets cannot be sent again. */
  public static final int NO_RTX = -1;

  /** Keeps its own copy of the set. */
  public NegotiatedTrack {
    feedback = Set.copyOf(feedback);
  }
}
