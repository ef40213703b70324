package io.roadcast.media.h265;

import io.roadcast.media.nal.NalDepacketizer;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together from RTP payloads (RFC 7798, without DONL): single NAL units, aggregation
 * packets and fragmentation units.
 */
public final class H265Depacketizer extends NalDepacketizer {
  public H265Depacketizer() {
    super(H265NalType.HEADER_BYTES);
  }

  @Override
  protected Content content(ByteBuffer payload) {
    int type = (payload.get(payload.position()) >> 1) & 0x3F;
    return switch (type) {
      case H265Packetizer.AGGREGATION -> Content.SEVERAL_UNITS;
      case H265Packetizer.FRAGMENTATION -> Content.FRAGMENT;
      default ->
          H265NalType.ofNumber(type) == H265NalType.UNSPECIFIED ? Content.OTHER : Content.ONE_UNIT;
    };
  }

  @Override
  protected int unitHeader(ByteBuffer fragment) {
    int payloadHeader = fragment.getShort(fragment.position());
    int type = fragment.get(fragment.position() + H265NalType.HEADER_BYTES) & 0x3F;
    return (payloadHeader & 0x81FF) | (type << 9);
  }
}
