package io.roadcast.media.rtp;

import io.roadcast.media.MalformedMediaException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The fields of an RTP header where they stand in a packet; nothing is copied or made.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                      CSRC (CC times), extension (if X)        |
 * </pre>
 *
 * RFC 3550, section 5.1. The caller checks with {@link #headerBytes} before it reads what came from
 * the network.
 */
public final class RtpHeader {
  /** Length of a header without CSRCs and extensions. */
  public static final int FIXED_BYTES = 12;

  /** First byte of a header without padding and CSRCs, and without extensions. */
  public static final int PLAIN = 0x80;

  /** First byte of a header without padding and CSRCs, with extensions. */
  public static final int WITH_EXTENSIONS = 0x90;

  /** Marker bit beside the payload type. */
  public static final int MARKER = 0x80;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private RtpHeader() {}

  /**
   * Writes the fixed header.
   *
   * @param firstByte {@link #PLAIN} or {@link #WITH_EXTENSIONS}
   * @param markerAndType payload type, with {@link #MARKER} added where it is set
   */
  public static void write(
      MemorySegment packet,
      long offset,
      int firstByte,
      int markerAndType,
      int sequence,
      int timestamp,
      int ssrc) {
    int word = firstByte << 24 | (markerAndType & 0xFF) << 16 | (sequence & 0xFFFF);
    packet.set(INT, offset, word);
    packet.set(INT, offset + 4, timestamp);
    packet.set(INT, offset + 8, ssrc);
  }

  /** As the other, into an array. */
  public static void write(
      byte[] packet,
      int offset,
      int firstByte,
      int markerAndType,
      int sequence,
      int timestamp,
      int ssrc) {
    int word = firstByte << 24 | (markerAndType & 0xFF) << 16 | (sequence & 0xFFFF);
    Bytes.putInt(packet, offset, word);
    Bytes.putInt(packet, offset + 4, timestamp);
    Bytes.putInt(packet, offset + 8, ssrc);
  }

  /** Sets the sequence number of a header that is already written. */
  public static void sequence(MemorySegment packet, long offset, int sequence) {
    packet.set(SHORT, offset + 2, (short) sequence);
  }

  /**
   * Length of header, CSRCs and extensions; the payload begins there.
   *
   * @param length of the whole packet
   * @throws MalformedMediaException if it is not RTP version 2 or ends too early
   */
  public static int headerBytes(byte[] packet, int offset, int length)
      throws MalformedMediaException {
    if (length < FIXED_BYTES || (packet[offset] & 0xC0) != PLAIN) {
      throw new MalformedMediaException("no RTP header");
    }
    int bytes = FIXED_BYTES + 4 * (packet[offset] & 0x0F);
    if (hasExtensions(packet, offset)) {
      if (length < bytes + 4) {
        throw new MalformedMediaException("an RTP packet that ends in its extensions");
      }
      bytes += 4 + 4 * Bytes.unsignedShort(packet, offset + bytes + 2);
    }
    if (bytes > length) {
      throw new MalformedMediaException("an RTP header of " + bytes + " bytes in " + length);
    }
    return bytes;
  }

  /**
   * Length of the payload without padding.
   *
   * @param length of the whole packet
   * @param headerBytes as {@link #headerBytes} told
   * @throws MalformedMediaException if there is more padding than payload
   */
  public static int payloadBytes(byte[] packet, int offset, int length, int headerBytes)
      throws MalformedMediaException {
    int padding = 0;
    if ((packet[offset] & 0x20) != 0) {
      padding = length == headerBytes ? 0 : packet[offset + length - 1] & 0xFF;
      if (padding == 0 || headerBytes + padding > length) {
        throw new MalformedMediaException("RTP padding of " + padding + " bytes");
      }
    }
    return length - headerBytes - padding;
  }

  /**
   * Whether a datagram whose first byte says RTP or RTCP is RTCP: RFC 5761, section 4. It must have
   * two bytes.
   */
  public static boolean isRtcp(byte[] packet, int offset) {
    int type = packet[offset + 1] & 0xFF;
    return type >= 192 && type <= 223;
  }

  public static boolean hasExtensions(byte[] packet, int offset) {
    return (packet[offset] & 0x10) != 0;
  }

  public static int csrcCount(byte[] packet, int offset) {
    return packet[offset] & 0x0F;
  }

  public static boolean marker(byte[] packet, int offset) {
    return (packet[offset + 1] & MARKER) != 0;
  }

  public static int payloadType(byte[] packet, int offset) {
    return packet[offset + 1] & 0x7F;
  }

  /** 0 to 65535. */
  public static int sequence(byte[] packet, int offset) {
    return Bytes.unsignedShort(packet, offset + 2);
  }

  /** 0 to 65535. */
  public static int sequence(MemorySegment packet, long offset) {
    return Short.toUnsignedInt(packet.get(SHORT, offset + 2));
  }

  /** 32 bits, to be read as unsigned. */
  public static int timestamp(byte[] packet, int offset) {
    return Bytes.getInt(packet, offset + 4);
  }

  /** 32 bits, to be read as unsigned. */
  public static int ssrc(byte[] packet, int offset) {
    return Bytes.getInt(packet, offset + 8);
  }
}
