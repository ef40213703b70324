package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes frames as the packets of one connection (JT/T 1078-2016 table 19): cuts them, sets marker
 * and sub-packet nibble, counts the sequence over all channels and media. Not thread-safe.
 */
public final class Jt1078PacketEncoder {
  private final TerminalId terminal;
  private final int maxBodyBytes;
  private final Intervals[] intervals = new Intervals[256];
  private int sequence;

  /** Cuts at the standard's limit of 950 bytes; the width of the id is that of {@code terminal}. */
  public Jt1078PacketEncoder(TerminalId terminal) {
    this(terminal, Jt1078PacketDecoder.STANDARD_BODY_BYTES, 0);
  }

  /**
   * @param maxBodyBytes where bodies are cut, 1 to 65535
   * @param firstSequence sequence of the first packet, 0 to 65535
   */
  public Jt1078PacketEncoder(TerminalId terminal, int maxBodyBytes, int firstSequence) {
    if (maxBodyBytes < 1 || maxBodyBytes > 0xffff) {
      throw new IllegalArgumentException("body limit of " + maxBodyBytes + " bytes");
    }
    this.terminal = terminal;
    this.maxBodyBytes = maxBodyBytes;
    this.sequence = firstSequence & 0xffff;
  }

  /**
   * Writes all packets of a frame one behind the other, as TCP carries them.
   *
   * @param channel 0 to 255
   * @param payloadType a number of {@link PayloadTypes}
   * @param timestampMillis the terminal's time in ms
   * @param frame Annex B video, or coded sound; read from position to limit, which do not move
   * @return number of packets
   */
  public int encode(
      ByteBuf out,
      int channel,
      PacketType type,
      int payloadType,
      long timestampMillis,
      ByteBuffer frame) {
    return encode(() -> out, done -> {}, channel, type, payloadType, timestampMillis, frame);
  }

  /**
   * Writes each packet of a frame into a buffer of its own, as UDP carries them.
   *
   * @param buffers gives an empty buffer for each packet
   * @param packets takes each buffer, and its reference, with the packet in it
   * @return number of packets
   */
  public int encode(
      Supplier<ByteBuf> buffers,
      Consumer<ByteBuf> packets,
      int channel,
      PacketType type,
      int payloadType,
      long timestampMillis,
      ByteBuffer frame) {
    Intervals since = intervals(channel);
    since.note(type, timestampMillis);
    int length = frame.remaining();
    int count = Math.max(1, (length + maxBodyBytes - 1) / maxBodyBytes);
    for (int i = 0; i < count; i++) {
      int from = i * maxBodyBytes;
      int bytes = Math.min(maxBodyBytes, length - from);
      ByteBuf out = buffers.get();
      writeHeader(
          out, channel, type, placeOf(i, count), payloadType, timestampMillis, since, bytes);
      out.writeBytes(frame.slice(frame.position() + from, bytes));
      packets.accept(out);
    }
    return count;
  }

  private static SubPacket placeOf(int packet, int count) {
    if (count == 1) {
      return SubPacket.ATOMIC;
    }
    if (packet == 0) {
      return SubPacket.FIRST;
    }
    return packet == count - 1 ? SubPacket.LAST : SubPacket.MIDDLE;
  }

  private void writeHeader(
      ByteBuf out,
      int channel,
      PacketType type,
      SubPacket subPacket,
      int payloadType,
      long timestampMillis,
      Intervals since,
      int bodyBytes) {
    boolean last = subPacket == SubPacket.ATOMIC || subPacket == SubPacket.LAST;
    out.writeInt(Jt1078Packet.MAGIC);
    out.writeByte(Jt1078Packet.USUAL_FLAGS);
    out.writeByte(last ? payloadType | 0x80 : payloadType);
    out.writeShort(sequence);
    terminal.write(out);
    out.writeByte(channel);
    out.writeByte(type.nibble() << 4 | subPacket.nibble());
    if (type != PacketType.TRANSPARENT) {
      out.writeLong(timestampMillis);
    }
    if (type.video()) {
      out.writeShort((int) since.keyframe);
      out.writeShort((int) since.frame);
    }
    out.writeShort(bodyBytes);
    sequence = sequence + 1 & 0xffff;
  }

  /** Leaves out {@code packets} sequence numbers, as a terminal with a full send buffer does. */
  public void skipSequence(int packets) {
    sequence = sequence + packets & 0xffff;
  }

  private Intervals intervals(int channel) {
    Intervals known = intervals[channel];
    if (known == null) {
      known = new Intervals();
      intervals[channel] = known;
    }
    return known;
  }

  /** The two interval fields of one channel's video, in ms. */
  private static final class Intervals {
    private boolean seenKeyframe;
    private boolean seenFrame;
    private long lastKeyframe;
    private long lastFrame;
    private long keyframe;
    private long frame;

    void note(PacketType type, long timestamp) {
      if (!type.video()) {
        return;
      }
      keyframe = seenKeyframe ? timestamp - lastKeyframe : 0;
      frame = seenFrame ? timestamp - lastFrame : 0;
      lastFrame = timestamp;
      seenFrame = true;
      if (type == PacketType.I_FRAME) {
        lastKeyframe = timestamp;
        seenKeyframe = true;
      }
    }
  }
}
