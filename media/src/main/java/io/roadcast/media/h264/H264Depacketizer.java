package io.roadcast.media.h264;

import io.roadcast.media.nal.NalDepacketizer;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together from RTP payloads of packetization modes 0 and 1 (RFC 6184): single NAL
 * units, STAP-A and FU-A.
 */
public final class H264Depacketizer extends NalDepacketizer {
  public H264Depacketizer() {
    super(H264NalType.HEADER_BYTES);
  }

  @Override
  protected Content content(ByteBuffer payload) {
    int type = payload.get(payload.position()) & 0x1F;
    return switch (type) {
      case H264Packetizer.STAP_A -> Content.SEVERAL_UNITS;
      case H264Packetizer.FU_A -> Content.FRAGMENT;
      default ->
          H264NalType.ofNumber(type) == H264NalType.UNSPECIFIED ? Content.OTHER : Content.ONE_UNIT;
    };
  }

  @Override
  protected int unitHeader(ByteBuffer fragment) {
    int indicator = fragment.get(fragment.position());
    int header = fragment.get(fragment.position() + 1);
    return (indicator & 0xE0) | (header & 0x1F);
  }
}
