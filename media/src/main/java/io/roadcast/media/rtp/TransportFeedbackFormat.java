package io.roadcast.media.rtp;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The body of transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section
 * 3.1) behind the two SSRCs.
 *
 * <pre>
 * |      base sequence number     |      packet status count      |
 * |                 reference time                | fb pkt. count |
 * |          packet chunk         |  packet chunk, ... , deltas   |
 * </pre>
 */
final class TransportFeedbackFormat {
  /** More packets than a receiver can tell of in order; a longer run is refused. */
  static final int MAX_PACKETS = 1 << 14;

  private static final int FIXED_BYTES = 8;
  private static final int NOT_RECEIVED = 0;
  private static final int SMALL_DELTA = 1;
  private static final int LARGE_DELTA = 2;
  private static final int SYMBOLS_OF_A_CHUNK = 7;

  private TransportFeedbackFormat() {}

  static TransportFeedback read(int sender, int media, ByteBuffer body)
      throws MalformedMediaException {
    try {
      int base = Short.toUnsignedInt(body.getShort());
      int count = Short.toUnsignedInt(body.getShort());
      int reference = body.getInt();
      if (count == 0 || count > MAX_PACKETS) {
        throw new MalformedMediaException("feedback of " + count + " packets");
      }
      byte[] statuses = readStatuses(body, count);
      PacketArrivals arrivals = PacketArrivals.owning(readTimes(body, statuses));
      return new TransportFeedback(sender, media, base, reference >> 8, reference & 0xFF, arrivals);
    } catch (BufferUnderflowException e) {
      throw new MalformedMediaException("transport-wide feedback that is cut short");
    }
  }

  private static byte[] readStatuses(ByteBuffer body, int count) {
    byte[] statuses = new byte[count];
    int known = 0;
    while (known < count) {
      int chunk = Short.toUnsignedInt(body.getShort());
      if (chunk >> 15 == 0) {
        int run = Math.min(chunk & 0x1FFF, count - known);
        Arrays.fill(statuses, known, known + run, (byte) ((chunk >> 13) & 3));
        known += run;
      } else {
        boolean twoBits = (chunk & 0x4000) != 0;
        int symbols = twoBits ? 7 : 14;
        for (int i = 0; i < symbols && known < count; i++) {
          int symbol = twoBits ? (chunk >> (12 - 2 * i)) & 3 : (chunk >> (13 - i)) & 1;
          statuses[known++] = (byte) symbol;
        }
      }
    }
    return statuses;
  }

  private static int[] readTimes(ByteBuffer body, byte[] statuses) throws MalformedMediaException {
    int[] ticks = new int[statuses.length];
    int now = 0;
    for (int i = 0; i < ticks.length; i++) {
      switch (statuses[i]) {
        case NOT_RECEIVED -> ticks[i] = PacketArrivals.LOST;
        case SMALL_DELTA -> ticks[i] = now += body.get() & 0xFF;
        case LARGE_DELTA -> ticks[i] = now += body.getShort();
        default -> throw new MalformedMediaException("a reserved packet status");
      }
    }
    return ticks;
  }

  /** Writes the body with one kind of chunk only: seven symbols of two bits. */
  static int write(TransportFeedback feedback, byte[] target, int offset) {
    PacketArrivals arrivals = feedback.arrivals();
    Bytes.putShort(target, offset, feedback.baseSequence());
    Bytes.putShort(target, offset + 2, arrivals.count());
    Bytes.putInt(
        target, offset + 4, (feedback.referenceTime() << 8) | (feedback.feedbackCount() & 0xFF));
    int chunk = offset + FIXED_BYTES;
    int delta = chunk + 2 * Math.ceilDiv(arrivals.count(), SYMBOLS_OF_A_CHUNK);
    int before = 0;
    for (int first = 0; first < arrivals.count(); first += SYMBOLS_OF_A_CHUNK) {
      int symbols = 0xC000;
      int last = Math.min(first + SYMBOLS_OF_A_CHUNK, arrivals.count());
      for (int i = first; i < last; i++) {
        if (arrivals.came(i)) {
          int step = arrivals.ticks(i) - before;
          before = arrivals.ticks(i);
          boolean small = step >= 0 && step < 256;
          symbols |= (small ? SMALL_DELTA : LARGE_DELTA) << (12 - 2 * (i - first));
          delta = small ? putSmall(target, delta, step) : putLarge(target, delta, step);
        }
      }
      Bytes.putShort(target, chunk, symbols);
      chunk += 2;
    }
    while ((delta - offset) % 4 != 0) {
      target[delta++] = 0;
    }
    return delta;
  }

  private static int putSmall(byte[] target, int offset, int step) {
    target[offset] = (byte) step;
    return offset + 1;
  }

  private static int putLarge(byte[] target, int offset, int step) {
    if (step != (short) step) {
      throw new IllegalArgumentException("packets that came " + step + " ticks apart");
    }
    Bytes.putShort(target, offset, step);
    return offset + 2;
  }
}
