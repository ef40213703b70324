package io.roadcast.media.h264;

import io.roadcast.media.nal.NalPacketizer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts access units into RTP payloads of packetization mode 1 (RFC 6184): parameter sets and SEI
 * together as STAP-A (section 5.7.1), what does not fit as FU-A (section 5.8) with fragments of one
 * size, the rest singly (section 5.6). Access unit delimiters, filler data and unspecified types
 * are left out.
 */
public final class H264Packetizer extends NalPacketizer {
  static final int STAP_A = 24;
  static final int FU_A = 28;

  public H264Packetizer() {
    super(H264NalType.HEADER_BYTES);
  }

  @Override
  protected Carriage carriage(ByteBuffer unit) {
    return switch (H264NalType.of(unit)) {
      case ACCESS_UNIT_DELIMITER, FILLER, UNSPECIFIED -> Carriage.LEFT_OUT;
      case SPS, PPS, SEI -> Carriage.TOGETHER;
      case NON_IDR_SLICE, PARTITION, IDR_SLICE, END_OF_SEQUENCE, END_OF_STREAM, OTHER ->
          Carriage.ALONE;
    };
  }

  @Override
  protected int togetherHeader(List<ByteBuffer> units) {
    int forbidden = 0;
    int importance = 0;
    for (ByteBuffer unit : units) {
      int header = unit.get(unit.position());
      forbidden |= header & 0x80;
      importance = Math.max(importance, header & 0x60);
    }
    return forbidden | importance | STAP_A;
  }

  @Override
  protected int fragmentHeader(ByteBuffer unit) {
    int header = unit.get(unit.position());
    int indicator = (header & 0xE0) | FU_A;
    return (indicator << 8) | (header & 0x1F);
  }
}
