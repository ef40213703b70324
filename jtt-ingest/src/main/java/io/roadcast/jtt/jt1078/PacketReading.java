package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;

/**
 * What becomes of the bytes at an offset when they are read as a packet with one id width. The
 * strongest test is whether the next packet's magic stands exactly at the computed end.
 */
enum PacketReading {
  /** A field has a value that no packet has. */
  IMPOSSIBLE,
  /** The packet ends, and something other than a packet follows. */
  CONTRADICTED,
  /** Not all of the packet is there yet. */
  INCOMPLETE,
  /** The packet is complete, and less than the next one's magic follows. */
  COMPLETE,
  /** The next packet's magic follows. */
  CONFIRMED;

  /** Which payload types are believed. */
  enum Strictness {
    STANDARD,
    /** Some senders put a video payload type on audio packets. */
    ANY_PAYLOAD_TYPE
  }

  static PacketReading of(
      ByteBuf in, int offset, IdWidth width, int maxBodyBytes, Strictness strictness) {
    int available = in.writerIndex() - offset;
    int fixed = Jt1078Packet.fixedBytes(width);
    if (available < fixed) {
      return INCOMPLETE;
    }
    int typeByte = in.getUnsignedByte(offset + fixed - 1);
    if (!PacketType.known(typeByte >> 4) || !SubPacket.known(typeByte & 0x0f)) {
      return IMPOSSIBLE;
    }
    PacketType type = PacketType.ofNibble(typeByte >> 4);
    int payloadType = in.getByte(offset + Jt1078Packet.PAYLOAD_TYPE_OFFSET) & 0x7f;
    if (strictness == Strictness.STANDARD && !PayloadTypes.fits(type, payloadType)) {
      return IMPOSSIBLE;
    }
    int header = Jt1078Packet.headerBytes(width, type);
    if (available < header) {
      return INCOMPLETE;
    }
    int body = in.getUnsignedShort(offset + header - 2);
    if (body > maxBodyBytes) {
      return IMPOSSIBLE;
    }
    return available < header + body
        ? INCOMPLETE
        : followedBy(in, offset + header + body, available - header - body);
  }

  private static PacketReading followedBy(ByteBuf in, int end, int following) {
    int compared = Math.min(following, Jt1078Packet.MAGIC_BYTES);
    for (int i = 0; i < compared; i++) {
      if (in.getByte(end + i) != (byte) (Jt1078Packet.MAGIC >> (24 - 8 * i))) {
        return CONTRADICTED;
      }
    }
    return compared == Jt1078Packet.MAGIC_BYTES ? CONFIRMED : COMPLETE;
  }
}
