package io.roadcast.media.h264;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts access units into RTP payloads of packetization mode 1 (RFC 6184): parameter sets and SEI
 * together as STAP-A (section 5.7.1), what does not fit as FU-A (section 5.8) with fragments of one
 * size, the rest singly (section 5.6). Access unit delimiters, filler data and unspecified types
 * are left out.
 *
 * <p>Used by one thread at a time.
 */
public final class H264Packetizer {
  static final int STAP_A = 24;
  static final int FU_A = 28;
  private static final int MAX = RtpBlockWriter.MAX_PAYLOAD_BYTES;

  private final List<ByteBuffer> pending = new ArrayList<>();
  private int pendingBytes;

  /**
   * Writes one access unit's payloads; leaves {@code out} empty if there is nothing to send.
   *
   * @param nalUnits read, not changed, not kept
   * @throws MalformedMediaException if the access unit is larger than a block may be; {@code out}
   *     is then empty
   */
  public void write(List<ByteBuffer> nalUnits, RtpBlockWriter out) throws MalformedMediaException {
    try {
      for (ByteBuffer unit : nalUnits) {
        if (unit.hasRemaining()) {
          write(unit, out);
        }
      }
      flush(out);
    } finally {
      forget();
    }
  }

  private void write(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    switch (H264NalType.of(unit)) {
      case ACCESS_UNIT_DELIMITER, FILLER, UNSPECIFIED -> {}
      case SPS, PPS, SEI -> collect(unit, out);
      case NON_IDR_SLICE, PARTITION, IDR_SLICE, END_OF_SEQUENCE, END_OF_STREAM, OTHER -> {
        flush(out);
        writeAlone(unit, out);
      }
    }
  }

  private void collect(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    int bytes = 2 + unit.remaining();
    if (1 + pendingBytes + bytes > MAX) {
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
    int importance = 0;
    for (ByteBuffer unit : pending) {
      int header = unit.get(unit.position());
      forbidden |= header & 0x80;
      importance = Math.max(importance, header & 0x60);
    }
    out.put(forbidden | importance | STAP_A);
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
    int header = unit.get(unit.position());
    int offset = unit.position() + 1;
    int size = RtpBlockWriter.fragmentBytes(unit.remaining() - 1, MAX - 2);
    int start = 0x80;
    while (offset < unit.limit()) {
      int count = Math.min(size, unit.limit() - offset);
      int end = offset + count == unit.limit() ? 0x40 : 0;
      out.put((header & 0xE0) | FU_A);
      out.put(start | end | (header & 0x1F));
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
