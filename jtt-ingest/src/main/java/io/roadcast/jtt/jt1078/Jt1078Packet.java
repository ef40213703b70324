package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A view of one media packet in the buffer that it arrived in (JT/T 1078-2016 table 19). All
 * integers are big-endian; offsets after the id move by 4 with a 10-byte id:
 *
 * <pre>
 *  0  4  magic 30 31 63 64        14  1  logical channel
 *  4  1  V P X CC, usually 0x81   15  1  type (high nibble), sub-packet (low nibble)
 *  5  1  M, payload type          16  8  timestamp in ms, not for transparent data
 *  6  2  sequence                 24  2  ms since the last I frame, video only
 *  8  6  terminal id              26  2  ms since the last frame, video only
 *                                  +  2  length of the body, then the body
 * </pre>
 *
 * The view owns no reference to the buffer and is moved from packet to packet by its decoder, so it
 * is valid only until the decoder is asked for the next one. Not thread-safe.
 */
public final class Jt1078Packet {
  static final int MAGIC = 0x30316364;
  static final int MAGIC_BYTES = 4;
  static final int USUAL_FLAGS = 0x81;

  static final int FLAGS_OFFSET = 4;
  static final int PAYLOAD_TYPE_OFFSET = 5;
  static final int SEQUENCE_OFFSET = 6;
  static final int ID_OFFSET = 8;

  /** What follows the id: channel and type byte, then depending on the type. */
  private static final int CHANNEL = 0;

  private static final int TYPE = 1;
  private static final int TIMESTAMP = 2;
  private static final int KEYFRAME_INTERVAL = 10;
  private static final int FRAME_INTERVAL = 12;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private IdWidth width = IdWidth.SIX;
  private PacketType type = PacketType.TRANSPARENT;
  private int offset;
  private int afterId;

  /** Bytes from the magic up to the body. */
  static int headerBytes(IdWidth width, PacketType type) {
    int lengthField =
        switch (type) {
          case I_FRAME, P_FRAME, B_FRAME -> 14;
          case AUDIO -> 10;
          case TRANSPARENT -> 2;
        };
    return ID_OFFSET + width.bytes() + lengthField + 2;
  }

  /** Bytes from the magic up to and with the type byte. */
  static int fixedBytes(IdWidth width) {
    return ID_OFFSET + width.bytes() + TYPE + 1;
  }

  /**
   * Puts the view on the packet at {@code offset}. The buffer must hold the whole packet, and the
   * type nibble must be a known one.
   */
  Jt1078Packet wrap(ByteBuf buffer, int offset, IdWidth width) {
    this.buffer = buffer;
    this.offset = offset;
    this.width = width;
    this.afterId = offset + ID_OFFSET + width.bytes();
    this.type = PacketType.ofNibble(buffer.getUnsignedByte(afterId + TYPE) >> 4);
    return this;
  }

  public IdWidth width() {
    return width;
  }

  /** M: last packet of a frame, as far as the terminal cares to set it. */
  public boolean marker() {
    return buffer.getByte(offset + PAYLOAD_TYPE_OFFSET) < 0;
  }

  /** A number of {@link PayloadTypes}, 0 to 127. */
  public int payloadType() {
    return buffer.getByte(offset + PAYLOAD_TYPE_OFFSET) & 0x7f;
  }

  /** V, P, X and CC: 0x81 by the standard. */
  public int flags() {
    return buffer.getUnsignedByte(offset + FLAGS_OFFSET);
  }

  /** 0 to 65535, one counter per connection. */
  public int sequence() {
    return buffer.getUnsignedShort(offset + SEQUENCE_OFFSET);
  }

  /** Copies the id out of the packet. */
  public TerminalId terminal() {
    return TerminalId.read(buffer, offset + ID_OFFSET, width);
  }

  /** Whether the packet's id is this one, without copying it. */
  public boolean from(TerminalId terminal) {
    return terminal.width() == width && terminal.standsAt(buffer, offset + ID_OFFSET);
  }

  /** Logical channel, 0 to 255. */
  public int channel() {
    return buffer.getUnsignedByte(afterId + CHANNEL);
  }

  public PacketType type() {
    return type;
  }

  public SubPacket subPacket() {
    return SubPacket.ofNibble(buffer.getByte(afterId + TYPE) & 0x0f);
  }

  /** Terminal's time in ms, of free origin; use differences only. 0 for transparent data. */
  public long timestamp() {
    return type == PacketType.TRANSPARENT ? 0 : buffer.getLong(afterId + TIMESTAMP);
  }

  /** Ms since the previous I frame modulo 65536, informational; 0 unless the packet is video. */
  public int keyframeInterval() {
    return type.video() ? buffer.getUnsignedShort(afterId + KEYFRAME_INTERVAL) : 0;
  }

  /** Ms since the previous frame modulo 65536, informational; 0 unless the packet is video. */
  public int frameInterval() {
    return type.video() ? buffer.getUnsignedShort(afterId + FRAME_INTERVAL) : 0;
  }

  /** The buffer that the packet stands in; the body starts at {@link #bodyOffset()}. */
  public ByteBuf buffer() {
    return buffer;
  }

  public int bodyOffset() {
    return offset + headerBytes(width, type);
  }

  public int bodyLength() {
    return buffer.getUnsignedShort(bodyOffset() - 2);
  }

  /** Header and body. */
  public int length() {
    return headerBytes(width, type) + bodyLength();
  }

  @Override
  public String toString() {
    return type.label()
        + ' '
        + subPacket().label()
        + " packet "
        + sequence()
        + " of "
        + terminal()
        + '-'
        + channel()
        + ", "
        + bodyLength()
        + " bytes";
  }
}
