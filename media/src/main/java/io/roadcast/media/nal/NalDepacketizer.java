package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together from RTP payloads as RFC 6184 and RFC 7798 do alike: single ones, several
 * in one payload, fragments. The caller brings the payloads in order of their sequence numbers,
 * says where some are missing, and takes the access unit when marker or timestamp end it. Used by
 * one thread at a time.
 */
public abstract class NalDepacketizer {
  private final int headerBytes;
  private final NalCollector collector = new NalCollector();

  /** What a payload carries. */
  protected enum Content {
    ONE_UNIT,
    SEVERAL_UNITS,
    FRAGMENT,
    /** Nothing that is covered. */
    OTHER
  }

  /**
   * @param headerBytes of a NAL unit, and of the payload that carries several
   */
  protected NalDepacketizer(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  /**
   * @param payload read, not changed, not kept
   * @throws MalformedMediaException if it is no payload that is covered; it is then left out, and
   *     the access unit is damaged
   */
  public final void accept(ByteBuffer payload) throws MalformedMediaException {
    if (payload.remaining() < headerBytes) {
      throw malformed("a payload of " + payload.remaining() + " bytes");
    }
    switch (content(payload)) {
      case ONE_UNIT -> collector.add(payload);
      case SEVERAL_UNITS -> several(payload);
      case FRAGMENT -> fragment(payload);
      case OTHER ->
          throw malformed("a payload that begins with " + payload.get(payload.position()));
    }
  }

  /** Says that packets are missing between the last payload and the next. */
  public final void lost() {
    collector.damage();
  }

  /** Hands out the NAL units since the last call. They are the caller's. */
  public final AccessUnit take() {
    return collector.take();
  }

  /** What a payload carries that is at least as long as a NAL unit's header. */
  protected abstract Content content(ByteBuffer payload);

  /** The header of the NAL unit that this first fragment begins. */
  protected abstract int unitHeader(ByteBuffer fragment);

  /** RFC 6184 section 5.7.1, RFC 7798 section 4.4.2. Nothing of a malformed payload is used. */
  private void several(ByteBuffer payload) throws MalformedMediaException {
    int first = payload.position() + headerBytes;
    if (first == payload.limit()) {
      throw malformed("an aggregation packet without units");
    }
    for (int offset = first; offset < payload.limit(); ) {
      if (payload.limit() - offset < Short.BYTES) {
        throw malformed("an aggregation packet that ends in a size");
      }
      int size = Short.toUnsignedInt(payload.getShort(offset));
      offset += Short.BYTES + size;
      if (size < headerBytes || offset > payload.limit()) {
        throw malformed("an aggregation packet with a unit of " + size + " bytes");
      }
    }
    for (int offset = first; offset < payload.limit(); ) {
      int size = Short.toUnsignedInt(payload.getShort(offset));
      collector.add(payload.slice(offset + Short.BYTES, size));
      offset += Short.BYTES + size;
    }
  }

  /** RFC 6184 section 5.8, RFC 7798 section 4.4.3. */
  private void fragment(ByteBuffer payload) throws MalformedMediaException {
    int data = payload.position() + headerBytes + 1;
    if (data >= payload.limit()) {
      throw malformed("a fragment without bytes");
    }
    int header = payload.get(data - 1);
    boolean start = (header & 0x80) != 0;
    boolean end = (header & 0x40) != 0;
    if (start && end) {
      throw malformed("a fragment that is start and end at once");
    }
    if (start) {
      collector.begin();
      int unitHeader = unitHeader(payload);
      for (int shift = (headerBytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        collector.append(unitHeader >> shift);
      }
    } else if (!collector.open()) {
      collector.damage();
      return;
    }
    collector.append(payload.slice(data, payload.limit() - data));
    if (end) {
      collector.end();
    }
  }

  private MalformedMediaException malformed(String what) {
    collector.damage();
    return new MalformedMediaException(what);
  }
}
