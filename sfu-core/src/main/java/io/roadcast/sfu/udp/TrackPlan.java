package io.roadcast.sfu.udp;

import io.roadcast.media.Codec;

/**
 * One track as it was negotiated with a viewer.
 *
 * @param codec what the stream's blocks must be
 * @param payloadType of its packets
 * @param ssrc of its packets
 * @param retransmissionPayloadType of packets that are sent again (RFC 4588), or {@link #NONE}
 * @param retransmissionSsrc of those
 * @param playoutDelayExtension local identifier of that header extension, 1 to 14, or {@link #NONE}
 * @param transportSequenceExtension likewise, of the transport-wide sequence number; only where the
 *     viewer also says that it reports on it
 * @param captureTimeExtension likewise, of the time at which a picture was taken
 */
public record TrackPlan(
    Codec codec,
    int payloadType,
    int ssrc,
    int retransmissionPayloadType,
    int retransmissionSsrc,
    int playoutDelayExtension,
    int transportSequenceExtension,
    int captureTimeExtension) {
  /** Not negotiated. */
  public static final int NONE = -1;

  public TrackPlan {
    if (payloadType < 0
        || payloadType > 127
        || playoutDelayExtension > 14
        || transportSequenceExtension > 14
        || captureTimeExtension > 14) {
      throw new IllegalArgumentException("payload type or extension out of range");
    }
  }

  /** A track that does not say when its pictures were taken. */
  public TrackPlan(
      Codec codec,
      int payloadType,
      int ssrc,
      int retransmissionPayloadType,
      int retransmissionSsrc,
      int playoutDelayExtension,
      int transportSequenceExtension) {
    this(
        codec,
        payloadType,
        ssrc,
        retransmissionPayloadType,
        retransmissionSsrc,
        playoutDelayExtension,
        transportSequenceExtension,
        NONE);
  }

  /** A track that the viewer sends no transport-wide feedback for. */
  public TrackPlan(
      Codec codec,
      int payloadType,
      int ssrc,
      int retransmissionPayloadType,
      int retransmissionSsrc,
      int playoutDelayExtension) {
    this(
        codec,
        payloadType,
        ssrc,
        retransmissionPayloadType,
        retransmissionSsrc,
        playoutDelayExtension,
        NONE);
  }

  boolean repairs() {
    return retransmissionPayloadType != NONE;
  }
}
