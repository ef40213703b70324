package io.roadcast.media.h264;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.NalCollector;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together from RTP payloads of packetization modes 0 and 1 (RFC 6184): single NAL
 * units, STAP-A and FU-A. The caller brings the payloads in order of their sequence numbers, says
 * where some are missing, and takes the access unit when marker or timestamp end it. Used by one
 * thread at a time.
 */
public final class H264Depacketizer {
  private static final int FU_HEADER_BYTES = 2;

  private final NalCollector collector = new NalCollector();

  /**
   * @param payload read, not changed, not kept
   * @throws MalformedMediaException if it is no payload of mode 1; it is then left out, and the
   *     access unit is damaged
   */
  public void accept(ByteBuffer payload) throws MalformedMediaException {
    if (!payload.hasRemaining()) {
      throw malformed("an empty payload");
    }
    int type = payload.get(payload.position()) & 0x1F;
    switch (type) {
      case H264Packetizer.STAP_A -> together(payload);
      case H264Packetizer.FU_A -> fragment(payload);
      case 0, 25, 26, 27, 29, 30, 31 -> throw malformed("payload type " + type);
      default -> collector.add(payload);
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

  /** RFC 6184 section 5.7.1. Nothing of a malformed packet is used. */
  private void together(ByteBuffer payload) throws MalformedMediaException {
    int units = 0;
    int offset = payload.position() + 1;
    while (offset < payload.limit()) {
      if (payload.limit() - offset < 3) {
        throw malformed("a STAP-A that ends in a size");
      }
      int size = Short.toUnsignedInt(payload.getShort(offset));
      offset += 2 + size;
      if (size == 0 || offset > payload.limit()) {
        throw malformed("a STAP-A with a unit of " + size + " bytes");
      }
      units++;
    }
    if (units == 0) {
      throw malformed("an empty STAP-A");
    }
    for (offset = payload.position() + 1; offset < payload.limit(); ) {
      int size = Short.toUnsignedInt(payload.getShort(offset));
      collector.add(payload.slice(offset + 2, size));
      offset += 2 + size;
    }
  }

  /** RFC 6184 section 5.8. */
  private void fragment(ByteBuffer payload) throws MalformedMediaException {
    if (payload.remaining() <= FU_HEADER_BYTES) {
      throw malformed("an FU-A without bytes");
    }
    int indicator = payload.get(payload.position());
    int header = payload.get(payload.position() + 1);
    boolean start = (header & 0x80) != 0;
    boolean end = (header & 0x40) != 0;
    if (start && end) {
      throw malformed("an FU-A that is start and end at once");
    }
    if (start) {
      collector.begin();
      collector.append((indicator & 0xE0) | (header & 0x1F));
    } else if (!collector.open()) {
      collector.damage();
      return;
    }
    collector.append(payload.slice(payload.position() + FU_HEADER_BYTES, payload.remaining() - 2));
    if (end) {
      collector.end();
    }
  }

  private MalformedMediaException malformed(String what) {
    collector.damage();
    return new MalformedMediaException(what);
  }
}
