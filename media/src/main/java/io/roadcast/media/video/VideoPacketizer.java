package io.roadcast.media.video;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264Packetizer;
import io.roadcast.media.h265.H265Packetizer;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.List;

/** Cuts access units of a video track into RTP payloads. Used by one thread at a time. */
public interface VideoPacketizer {
  /**
   * Writes one access unit's payloads; leaves {@code out} empty if there is nothing to send.
   *
   * @param nalUnits read, not changed, not kept
   * @throws MalformedMediaException if the access unit is larger than a block may be; {@code out}
   *     is then empty
   */
  void write(List<ByteBuffer> nalUnits, RtpBlockWriter out) throws MalformedMediaException;

  /**
   * A packetizer of {@code codec}.
   *
   * @throws IllegalArgumentException if it is neither H.264 nor H.265
   */
  static VideoPacketizer of(Codec codec) {
    return switch (codec) {
      case H264 -> new H264Packetizer()::write;
      case H265 -> new H265Packetizer()::write;
      default -> throw new IllegalArgumentException(codec + " has no NAL units");
    };
  }
}
