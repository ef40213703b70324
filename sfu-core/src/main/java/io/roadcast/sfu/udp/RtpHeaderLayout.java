package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The headers that one track of one viewer sends: of one length for its whole life, so that its
 * runs are of equal packets.
 *
 * <pre>
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                             SSRC                              |
 *  |            0xBEDE             |           length = 1          |   only with the extension
 *  |  id   | len=2 |      MIN delay        |      MAX delay        |   (RFC 8285 section 4.2)
 * </pre>
 */
public final class RtpHeaderLayout {
  /** Bytes of a header without extension. */
  static final int FIXED_BYTES = 12;

  private static final int VERSION_2 = 0x8000_0000;
  private static final int EXTENSION = 0x1000_0000;
  private static final int MARKER = 0x0080_0000;
  private static final int ONE_BYTE_FORM_ONE_WORD = 0xBEDE_0001;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final int firstWord;
  private final int ssrc;
  private final int extension;

  /**
   * @param playoutDelayExtension its identifier, or {@link TrackPlan#NONE}
   */
  public RtpHeaderLayout(int payloadType, int ssrc, int playoutDelayExtension) {
    boolean extended = playoutDelayExtension != TrackPlan.NONE;
    this.firstWord = VERSION_2 | (extended ? EXTENSION : 0) | payloadType << 16;
    this.ssrc = ssrc;
    this.extension = extended ? playoutDelayExtension << 28 | 2 << 24 : 0;
  }

  /** Bytes of each header. */
  public int length() {
    return extension == 0 ? FIXED_BYTES : FIXED_BYTES + 8;
  }

  /**
   * Writes one header.
   *
   * @param last whether it is the last packet of a picture
   * @param playoutDelay the extension's 24 bits
   */
  public void write(
      MemorySegment slab, long at, boolean last, long sequence, int timestamp, int playoutDelay) {
    slab.set(INT, at, firstWord | (last ? MARKER : 0) | (int) (sequence & 0xffff));
    slab.set(INT, at + 4, timestamp);
    slab.set(INT, at + 8, ssrc);
    if (extension != 0) {
      slab.set(INT, at + 12, ONE_BYTE_FORM_ONE_WORD);
      slab.set(INT, at + 16, extension | playoutDelay);
    }
  }
}
