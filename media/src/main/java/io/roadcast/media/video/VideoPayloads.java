package io.roadcast.media.video;

import io.roadcast.media.Codec;
import io.roadcast.media.h264.H264Depacketizer;
import io.roadcast.media.h264.H264Packetizer;
import io.roadcast.media.h265.H265Depacketizer;
import io.roadcast.media.h265.H265Packetizer;
import io.roadcast.media.nal.NalDepacketizer;
import io.roadcast.media.nal.NalPacketizer;

/** Who makes RTP payloads of a video track's access units, and access units of its payloads. */
public final class VideoPayloads {
  private VideoPayloads() {}

  /**
   * @throws IllegalArgumentException if the codec is neither H.264 nor H.265
   */
  public static NalPacketizer packetizer(Codec codec) {
    return switch (codec) {
      case H264 -> new H264Packetizer();
      case H265 -> new H265Packetizer();
      default -> throw new IllegalArgumentException(codec + " has no NAL units");
    };
  }

  /**
   * @throws IllegalArgumentException if the codec is neither H.264 nor H.265
   */
  public static NalDepacketizer depacketizer(Codec codec) {
    return switch (codec) {
      case H264 -> new H264Depacketizer();
      case H265 -> new H265Depacketizer();
      default -> throw new IllegalArgumentException(codec + " has no NAL units");
    };
  }
}
