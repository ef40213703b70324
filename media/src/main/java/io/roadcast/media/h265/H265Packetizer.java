package io.roadcast.media.h265;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts access units into RTP payloads (RFC 7798, without DONL): parameter sets and SEI together as
 * aggregation packets (section 4.4.2), what does not fit as fragmentation units of one size
 * (section 4.4.3), the rest singly (section 4.4.1). Access unit delimiters, filler data and
 * unspecified types are left out.
 *
 * <p>Used by one thread at a time.
 */
public final class H265Packetizer {
  static final int AGGREGATION = 48;
  static final int FRAGMENTATION = 49;
  private static final int MAX = RtpBlockWriter.MAX_PAYLOAD_BYTES;

  private final List<ByteBuffer> pending = new ArrayList<>();
  private int pendingBytes;

  /**
   * Writes one access unit's payloads; leaves {@code out} empty if there is nothing to send.
   *
   * @param nalUnits read, not changed, not kept; shorter than a header are left out
   * @throws MalformedMediaException if the access unit is larger than a block may be; {@code out}
   *     is then empty
   */
  public void write(List<ByteBuffer> nalUnits, RtpBlockWriter out) throws MalformedMediaException {
    try {
      for (ByteBuffer unit : nalUnits) {
        if (unit.remaining() >= H265NalType.HEADER_BYTES) {
          write(unit, out);
        }
      }
      flush(out);
    } finally {
      forget();
    }
  }

  private void write(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    switch (H265NalType.of(unit)) {
      case ACCESS_UNIT_DELIMITER, FILLER, UNSPECIFIED -> {}
      case VPS, SPS, PPS, SEI -> collect(unit, out);
      case SLICE, IRAP_SLICE, END_OF_SEQUENCE, END_OF_BITSTREAM, OTHER -> {
        flush(out);
        writeAlone(unit, out);
      }
    }
  }

  private void collect(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    int bytes = 2 + unit.remaining();
    if (H265NalType.HEADER_BYTES + pendingBytes + bytes > MAX) {
      flush(out);
    }
    pending.add(unit);
    pendingBytes += bytes;
  }

  private void flush(RtpBlockWriter out) throws MalformedMediaException {
    if (pending.size() == 1) {
      writeAlone(pending.getFirst(), out);
    } else if (!pending.isEmpty()) {
      writeTogether(out);
    }
    forget();
  }

  private void writeTogether(RtpBlockWriter out) throws MalformedMediaException {
    int forbidden = 0;
    int layer = 63;
    int temporal = 7;
    for (ByteBuffer unit : pending) {
      int header = unit.getShort(unit.position());
      forbidden |= header & 0x8000;
      layer = Math.min(layer, (header >> 3) & 63);
      temporal = Math.min(temporal, header & 7);
    }
    int header = forbidden | (AGGREGATION << 9) | (layer << 3) | temporal;
    out.put(header >> 8);
    out.put(header);
    for (ByteBuffer unit : pending) {
      out.put(unit.remaining() >> 8);
      out.put(unit.remaining());
      out.put(unit, unit.position(), unit.remaining());
    }
    out.endPacket();
  }

  private static void writeAlone(ByteBuffer unit, RtpBlockWriter out)
      throws MalformedMediaException {
    if (unit.remaining() > MAX) {
      writeFragments(unit, out);
      return;
    }
    out.put(unit, unit.position(), unit.remaining());
    out.endPacket();
  }

  private static void writeFragments(ByteBuffer unit, RtpBlockWriter out)
      throws MalformedMediaException {
    int header = unit.getShort(unit.position());
    int type = (header >> 9) & 0x3F;
    int offset = unit.position() + H265NalType.HEADER_BYTES;
    int size = RtpBlockWriter.fragmentBytes(unit.limit() - offset, MAX - 3);
    int start = 0x80;
    while (offset < unit.limit()) {
      int count = Math.min(size, unit.limit() - offset);
      int end = offset + count == unit.limit() ? 0x40 : 0;
      out.put(((header >> 8) & 0x81) | (FRAGMENTATION << 1));
      out.put(header);
      out.put(start | end | type);
      out.put(unit, offset, count);
      out.endPacket();
      offset += count;
      start = 0;
    }
  }

  private void forget() {
    pending.clear();
    pendingBytes = 0;
  }
}
