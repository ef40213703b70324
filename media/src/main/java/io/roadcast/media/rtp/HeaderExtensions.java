package io.roadcast.media.rtp;

import io.roadcast.media.MalformedMediaException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * RTP header extensions (RFC 8285). One-byte headers (section 4.2) are written and read, two-byte
 * ones (section 4.3) read.
 *
 * <p>Writing is three steps without any object: {@link #begin}, one {@code put} per element, {@link
 * #end}. Each returns where the next byte goes.
 */
public final class HeaderExtensions {
  /** URI of the playout delay extension; value of {@link #playoutDelay}, 3 bytes. */
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

  /** URI of the transport-wide sequence number, 2 bytes. */
  public static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** URI of the absolute send time; value of {@link #absoluteSendTime}, 3 bytes. */
  public static final String ABSOLUTE_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  /** URI of the media identification (RFC 9143, section 15.2): the mid in UTF-8. */
  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** Bytes before the first element. */
  public static final int HEADER_BYTES = 4;

  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /**
   * One element of a received packet.
   *
   * @param value a view of the packet
   */
  public record Element(int id, ByteBuffer value) {}

  private HeaderExtensions() {}

  /**
   * Begins the extensions behind a fixed header.
   *
   * @param offset where the fixed header and the CSRCs end
   */
  public static long begin(MemorySegment packet, long offset) {
    packet.set(SHORT, offset, (short) ONE_BYTE_PROFILE);
    return offset + HEADER_BYTES;
  }

  /**
   * Puts a number as an element.
   *
   * @param id 1 to 14, as the session description gave it
   * @param bytes how many low bytes of {@code value} are written, 1 to 4
   */
  public static long put(MemorySegment packet, long offset, int id, int value, int bytes) {
    packet.set(ValueLayout.JAVA_BYTE, offset, (byte) (id << 4 | (bytes - 1)));
    for (int i = 0; i < bytes; i++) {
      packet.set(ValueLayout.JAVA_BYTE, offset + 1 + i, (byte) (value >>> (8 * (bytes - 1 - i))));
    }
    return offset + 1 + bytes;
  }

  /**
   * Puts bytes as an element.
   *
   * @param id 1 to 14
   * @param value 1 to 16 bytes
   */
  public static long put(MemorySegment packet, long offset, int id, byte[] value) {
    packet.set(ValueLayout.JAVA_BYTE, offset, (byte) (id << 4 | (value.length - 1)));
    MemorySegment.copy(value, 0, packet, ValueLayout.JAVA_BYTE, offset + 1, value.length);
    return offset + 1 + value.length;
  }

  /**
   * Pads with zeros to a multiple of 4 bytes and writes the length.
   *
   * @param begin what {@link #begin} was given as offset
   * @param offset where the last element ended
   * @return where the payload begins
   */
  public static long end(MemorySegment packet, long begin, long offset) {
    long end = offset;
    while ((end - begin) % 4 != 0) {
      packet.set(ValueLayout.JAVA_BYTE, end++, (byte) 0);
    }
    packet.set(SHORT, begin + 2, (short) ((end - begin - HEADER_BYTES) / 4));
    return end;
  }

  /**
   * Value of the playout delay extension. The receiver may wait between the two.
   *
   * @param minMillis 0 to 40 950, in steps of 10
   * @param maxMillis likewise
   */
  public static int playoutDelay(int minMillis, int maxMillis) {
    return Math.clamp(minMillis / 10, 0, 0xFFF) << 12 | Math.clamp(maxMillis / 10, 0, 0xFFF);
  }

  /** Value of the absolute send time: seconds with 18 binary digits, modulo 64. */
  public static int absoluteSendTime(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    long rest = Math.floorMod(nanos, 1_000_000_000L);
    return (int) ((seconds & 63) << 18 | (rest << 18) / 1_000_000_000L);
  }

  /**
   * The elements of a packet; none if it has no extensions or other ones.
   *
   * @param length of the whole packet
   * @throws MalformedMediaException if header or an element is cut short
   */
  public static List<Element> parse(byte[] packet, int offset, int length)
      throws MalformedMediaException {
    int end = offset + RtpHeader.headerBytes(packet, offset, length);
    if (!RtpHeader.hasExtensions(packet, offset)) {
      return List.of();
    }
    int begin = offset + RtpHeader.FIXED_BYTES + 4 * RtpHeader.csrcCount(packet, offset);
    int profile = Bytes.unsignedShort(packet, begin);
    List<Element> elements = new ArrayList<>(4);
    if (profile == ONE_BYTE_PROFILE) {
      parseOneByte(packet, begin + HEADER_BYTES, end, elements);
    } else if ((profile & 0xFFF0) == TWO_BYTE_PROFILE) {
      parseTwoBytes(packet, begin + HEADER_BYTES, end, elements);
    }
    return elements;
  }

  private static void parseOneByte(byte[] packet, int from, int end, List<Element> elements)
      throws MalformedMediaException {
    int at = from;
    while (at < end) {
      int id = (packet[at] & 0xF0) >> 4;
      int length = (packet[at] & 0x0F) + 1;
      at++;
      if (id == 15) {
        return; // section 4.2: all that follows is to be ignored
      }
      if (id != 0) {
        at = add(packet, at, length, end, id, elements);
      }
    }
  }

  private static void parseTwoBytes(byte[] packet, int from, int end, List<Element> elements)
      throws MalformedMediaException {
    int at = from;
    while (at < end) {
      int id = packet[at++] & 0xFF;
      if (id != 0) {
        if (at == end) {
          throw new MalformedMediaException("a header extension without length");
        }
        int length = packet[at++] & 0xFF;
        at = add(packet, at, length, end, id, elements);
      }
    }
  }

  private static int add(byte[] packet, int at, int length, int end, int id, List<Element> elements)
      throws MalformedMediaException {
    if (length > end - at) {
      throw new MalformedMediaException("a header extension that is cut short");
    }
    elements.add(new Element(id, ByteBuffer.wrap(packet, at, length).slice()));
    return at + length;
  }
}
