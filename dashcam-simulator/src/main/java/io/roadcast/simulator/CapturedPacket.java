package io.roadcast.simulator;

import io.netty.buffer.ByteBuf;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.SubPacket;
import io.roadcast.jtt.jt1078.TerminalId;
import org.jspecify.annotations.Nullable;

/**
 * One packet of a file, all of it.
 *
 * @param bytes header and body as they stand in the file, never written
 * @param dueMillis when it is sent, counted from the first packet of the file
 */
@SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
record CapturedPacket(
    byte[] bytes,
    IdWidth width,
    TerminalId terminal,
    int channel,
    PacketType type,
    SubPacket place,
    int sequence,
    long timestamp,
    long dueMillis) {
  private static final int SEQUENCE_OFFSET = 6;
  private static final int ID_OFFSET = 8;

  boolean startsDecoding() {
    return type == PacketType.I_FRAME && (place == SubPacket.FIRST || place == SubPacket.ATOMIC);
  }

  /**
   * Writes the packet with another sequence number and timestamp.
   *
   * @param otherTerminal in place of the file's, of any width; null keeps the file's
   * @param otherChannel in place of the file's
   */
  void write(
      ByteBuf out,
      int otherSequence,
      long otherTimestamp,
      @Nullable TerminalId otherTerminal,
      int otherChannel) {
    out.writeBytes(bytes, 0, SEQUENCE_OFFSET);
    out.writeShort(otherSequence);
    out.writeBytes(otherTerminal == null ? terminal.raw() : otherTerminal.raw());
    out.writeByte(otherChannel);
    int typeAt = ID_OFFSET + width.bytes() + 1;
    out.writeByte(bytes[typeAt]);
    int rest = typeAt + 1;
    if (type != PacketType.TRANSPARENT) {
      out.writeLong(otherTimestamp);
      rest += Long.BYTES;
    }
    out.writeBytes(bytes, rest, bytes.length - rest);
  }
}
