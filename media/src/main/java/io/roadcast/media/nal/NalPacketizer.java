package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts access units into RTP payloads as RFC 6184 and RFC 7798 do alike: parameter sets and SEI
 * together in one payload, what does not fit in fragments of one size, the rest singly. What the
 * headers look like, each codec says.
 *
 * <p>Used by one thread at a time.
 */
public abstract class NalPacketizer {
  private static final int MAX = RtpBlockWriter.MAX_PAYLOAD_BYTES;
  private static final int START = 0x80;
  private static final int END = 0x40;

  private final int headerBytes;
  private final List<ByteBuffer> pending = new ArrayList<>();
  private int pendingBytes;

  /** How a NAL unit is sent. */
  protected enum Carriage {
    LEFT_OUT,
    /** Together with its neighbours. */
    TOGETHER,
    ALONE
  }

  /**
   * @param headerBytes of a NAL unit, and of the payload that carries several
   */
  protected NalPacketizer(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  /**
   * Writes one access unit's payloads; leaves {@code out} empty if there is nothing to send.
   *
   * @param nalUnits read, not changed, not kept; shorter than a header are left out
   * @throws MalformedMediaException if the access unit is larger than a block may be; {@code out}
   *     is then empty
   */
  public final void write(List<ByteBuffer> nalUnits, RtpBlockWriter out)
      throws MalformedMediaException {
    try {
      for (ByteBuffer unit : nalUnits) {
        if (unit.remaining() >= headerBytes) {
          write(unit, out);
        }
      }
      flush(out);
    } finally {
      forget();
    }
  }

  /** How a NAL unit that has a header is sent. */
  protected abstract Carriage carriage(ByteBuffer unit);

  /** The header, as long as that of a NAL unit, of the payload that carries these. */
  protected abstract int togetherHeader(List<ByteBuffer> units);

  /**
   * The header of a fragment: one byte more than that of a NAL unit. Of that byte the two highest
   * bits are 0: they mark start and end.
   */
  protected abstract int fragmentHeader(ByteBuffer unit);

  private void write(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    switch (carriage(unit)) {
      case LEFT_OUT -> {}
      case TOGETHER -> collect(unit, out);
      case ALONE -> {
        flush(out);
        writeAlone(unit, out);
      }
    }
  }

  private void collect(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    int bytes = Short.BYTES + unit.remaining();
    if (headerBytes + pendingBytes + bytes > MAX) {
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
    put(togetherHeader(pending), headerBytes, out);
    for (ByteBuffer unit : pending) {
      put(unit.remaining(), Short.BYTES, out);
      out.put(unit, unit.position(), unit.remaining());
    }
    out.endPacket();
  }

  private void writeAlone(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    if (unit.remaining() > MAX) {
      writeFragments(unit, out);
      return;
    }
    out.put(unit, unit.position(), unit.remaining());
    out.endPacket();
  }

  private void writeFragments(ByteBuffer unit, RtpBlockWriter out) throws MalformedMediaException {
    int header = fragmentHeader(unit);
    int fragmentHeaderBytes = headerBytes + 1;
    int offset = unit.position() + headerBytes;
    int size = RtpBlockWriter.fragmentBytes(unit.limit() - offset, MAX - fragmentHeaderBytes);
    int start = START;
    while (offset < unit.limit()) {
      int count = Math.min(size, unit.limit() - offset);
      int end = offset + count == unit.limit() ? END : 0;
      put(header | start | end, fragmentHeaderBytes, out);
      out.put(unit, offset, count);
      out.endPacket();
      offset += count;
      start = 0;
    }
  }

  private static void put(int value, int bytes, RtpBlockWriter out) throws MalformedMediaException {
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.put(value >> shift);
    }
  }

  private void forget() {
    pending.clear();
    pendingBytes = 0;
  }
}
