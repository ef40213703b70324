package io.roadcast.media.h265;

import io.roadcast.media.nal.NalPacketizer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts access units into RTP payloads (RFC 7798, without DONL): parameter sets and SEI together as
 * aggregation packets (section 4.4.2), what does not fit as fragmentation units of one size
 * (section 4.4.3), the rest singly (section 4.4.1). Access unit delimiters, filler data and
 * unspecified types are left out.
 */
public final class H265Packetizer extends NalPacketizer {
  static final int AGGREGATION = 48;
  static final int FRAGMENTATION = 49;

  public H265Packetizer() {
    super(H265NalType.HEADER_BYTES);
  }

  @Override
  protected Carriage carriage(ByteBuffer unit) {
    return switch (H265NalType.of(unit)) {
      case ACCESS_UNIT_DELIMITER, FILLER, UNSPECIFIED -> Carriage.LEFT_OUT;
      case VPS, SPS, PPS, SEI -> Carriage.TOGETHER;
      case SLICE, IRAP_SLICE, END_OF_SEQUENCE, END_OF_BITSTREAM, OTHER -> Carriage.ALONE;
    };
  }

  @Override
  protected int togetherHeader(List<ByteBuffer> units) {
    int forbidden = 0;
    int layer = 63;
    int temporal = 7;
    for (ByteBuffer unit : units) {
      int header = unit.getShort(unit.position());
      forbidden |= header & 0x8000;
      layer = Math.min(layer, (header >> 3) & 63);
      temporal = Math.min(temporal, header & 7);
    }
    return forbidden | (AGGREGATION << 9) | (layer << 3) | temporal;
  }

  @Override
  protected int fragmentHeader(ByteBuffer unit) {
    int header = unit.getShort(unit.position());
    int type = (header >> 9) & 0x3F;
    int payloadHeader = (header & 0x81FF) | (FRAGMENTATION << 9);
    return (payloadHeader << 8) | type;
  }
}
