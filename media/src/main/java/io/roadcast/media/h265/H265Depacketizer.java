package io.roadcast.media.h265;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.NalCollector;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together from RTP payloads (RFC 7798, without DONL): single NAL units, aggregation
 * packets and fragmentation units. The caller brings the payloads in order of their sequence
 * numbers, says where some are missing, and takes the access unit when marker or timestamp end it.
 * Used by one thread at a time.
 */
public final class H265Depacketizer {
  private static final int FU_HEADER_BYTES = 3;

  private final NalCollector collector = new NalCollector();

  /**
   * @param payload read, not changed, not kept
   * @throws MalformedMediaException if it is no payload that is covered; it is then left out, and
   *     the access unit is damaged
   */
  public void accept(ByteBuffer payload) throws MalformedMediaException {
    if (payload.remaining() <= H265NalType.HEADER_BYTES) {
      throw malformed("a payload of " + payload.remaining() + " bytes");
    }
    int type = (payload.get(payload.position()) >> 1) & 0x3F;
    if (type == H265Packetizer.AGGREGATION) {
      together(payload);
    } else if (type == H265Packetizer.FRAGMENTATION) {
      fragment(payload);
    } else if (H265NalType.ofNumber(type) == H265NalType.UNSPECIFIED) {
      throw malformed("payload type " + type);
    } else {
      collector.add(payload);
    }
  }

  /** Says that packets are missing between the last payload and the next. */
  public void lost() {
    collector.damage();
  }

  /** Hands out the NAL units since the last call. They are the caller's. */
  public AccessUnit take() {
    return collector.take();
  }

  /** RFC 7798 section 4.4.2. Nothing of a malformed packet is used. */
  private void together(ByteBuffer payload) throws MalformedMediaException {
    int offset = payload.position() + H265NalType.HEADER_BYTES;
    while (offset < payload.limit()) {
      if (payload.limit() - offset < 2) {
        throw malformed("an aggregation packet that ends in a size");
      }
      int size = Short.toUnsignedInt(payload.getShort(offset));
      offset += 2 + size;
      if (size < H265NalType.HEADER_BYTES || offset > payload.limit()) {
        throw malformed("an aggregation packet with a unit of " + size + " bytes");
      }
    }
    for (offset = payload.position() + H265NalType.HEADER_BYTES; offset < payload.limit(); ) {
      int size = Short.toUnsignedInt(payload.getShort(offset));
      collector.add(payload.slice(offset + 2, size));
      offset += 2 + size;
    }
  }

  /** RFC 7798 section 4.4.3. */
  private void fragment(ByteBuffer payload) throws MalformedMediaException {
    if (payload.remaining() <= FU_HEADER_BYTES) {
      throw malformed("a fragmentation unit without bytes");
    }
    int first = payload.get(payload.position());
    int second = payload.get(payload.position() + 1);
    int header = payload.get(payload.position() + 2);
    boolean start = (header & 0x80) != 0;
    boolean end = (header & 0x40) != 0;
    if (start && end) {
      throw malformed("a fragmentation unit that is start and end at once");
    }
    if (start) {
      collector.begin();
      collector.append((first & 0x81) | ((header & 0x3F) << 1));
      collector.append(second);
    } else if (!collector.open()) {
      collector.damage();
      return;
    }
    int data = payload.position() + FU_HEADER_BYTES;
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
