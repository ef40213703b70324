package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The headers that one track of one viewer sends: of one length for its whole life, so that its
 * runs are of equal packets. Where the capture time is not known zeros stand in its place.
 *
 * <pre>
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                             SSRC                              |
 *  |            0xBEDE             |        length = 1 to 4        |   only with extensions
 *  |  id   | len=2 |      MIN delay        |      MAX delay        |   (RFC 8285 section 4.2)
 *  |  id   | len=1 |  transport-wide sequence number       |  id, len=7, 8 bytes: capture time
 * </pre>
 */
public final class RtpHeaderLayout {
  /** Bytes of a header without extension. */
  static final int FIXED_BYTES = 12;

  private static final int VERSION_2 = 0x8000_0000;
  private static final int EXTENSION = 0x1000_0000;
  private static final int MARKER = 0x0080_0000;
  private static final int ONE_BYTE_FORM = 0xBEDE_0000;
  private static final int EXTENSION_HEADER_BYTES = 4;
  private static final int ELEMENT_BYTES = 4;
  private static final int SEQUENCE_BYTES = 3;
  private static final int CAPTURE_BYTES = 9;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final int firstWord;
  private final int ssrc;
  private final int delayElement;
  private final int sequenceElement;
  private final byte captureElement;
  private final int words;

  /**
   * @param playoutDelayExtension its identifier, or {@link TrackPlan#NONE}
   */
  public RtpHeaderLayout(int payloadType, int ssrc, int playoutDelayExtension) {
    this(payloadType, ssrc, playoutDelayExtension, TrackPlan.NONE, TrackPlan.NONE);
  }

  /**
   * @param playoutDelayExtension its identifier, or {@link TrackPlan#NONE}
   * @param transportSequenceExtension likewise
   * @param captureTimeExtension likewise
   */
  RtpHeaderLayout(
      int payloadType,
      int ssrc,
      int playoutDelayExtension,
      int transportSequenceExtension,
      int captureTimeExtension) {
    this.ssrc = ssrc;
    this.delayElement =
        playoutDelayExtension == TrackPlan.NONE ? 0 : playoutDelayExtension << 28 | 2 << 24;
    this.sequenceElement =
        transportSequenceExtension == TrackPlan.NONE
            ? 0
            : transportSequenceExtension << 28 | 1 << 24;
    this.captureElement =
        captureTimeExtension == TrackPlan.NONE ? 0 : (byte) (captureTimeExtension << 4 | 7);
    this.words =
        Math.ceilDiv(
            (delayElement == 0 ? 0 : ELEMENT_BYTES)
                + (sequenceElement == 0 ? 0 : SEQUENCE_BYTES)
                + (captureElement == 0 ? 0 : CAPTURE_BYTES),
            ELEMENT_BYTES);
    this.firstWord = VERSION_2 | (words > 0 ? EXTENSION : 0) | payloadType << 16;
  }

  /** Bytes of each header. */
  public int length() {
    return words == 0 ? FIXED_BYTES : FIXED_BYTES + EXTENSION_HEADER_BYTES + words * ELEMENT_BYTES;
  }

  /** Whether the packets are counted over all tracks of the viewer. */
  boolean isNumbered() {
    return sequenceElement != 0;
  }

  /** Whether the packets say when their picture was taken. */
  boolean tellsCapture() {
    return captureElement != 0;
  }

  /**
   * Writes one header.
   *
   * @param last whether it is the last packet of a picture
   * @param playoutDelay the extension's 24 bits
   */
  public void write(
      MemorySegment slab, long at, boolean last, long sequence, int timestamp, int playoutDelay) {
    write(slab, at, last, sequence, timestamp, playoutDelay, 0, 0);
  }

  /**
   * Writes one header.
   *
   * @param transportSequence 16 bits; of no meaning unless {@link #isNumbered()}
   * @param captureTime NTP timestamp, 0 if it is not known; of no meaning unless {@link
   *     #tellsCapture()}
   */
  void write(
      MemorySegment slab,
      long at,
      boolean last,
      long sequence,
      int timestamp,
      int playoutDelay,
      int transportSequence,
      long captureTime) {
    slab.set(INT, at, firstWord | (last ? MARKER : 0) | (int) (sequence & 0xffff));
    slab.set(INT, at + 4, timestamp);
    slab.set(INT, at + 8, ssrc);
    if (words == 0) {
      return;
    }
    slab.set(INT, at + FIXED_BYTES, ONE_BYTE_FORM | words);
    long element = at + FIXED_BYTES + EXTENSION_HEADER_BYTES;
    if (delayElement != 0) {
      slab.set(INT, element, delayElement | playoutDelay);
      element += ELEMENT_BYTES;
    }
    if (sequenceElement != 0) {
      slab.set(INT, element, sequenceElement | transportSequence << 8);
      element += SEQUENCE_BYTES;
    }
    if (captureElement != 0) {
      slab.set(ValueLayout.JAVA_BYTE, element, captureTime == 0 ? (byte) 0 : captureElement);
      slab.set(LONG, element + 1, captureTime);
      element += CAPTURE_BYTES;
      long end = at + length();
      while (element < end) {
        slab.set(ValueLayout.JAVA_BYTE, element++, (byte) 0);
      }
    }
  }
}
