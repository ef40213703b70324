package io.roadcast.jtt.jsatl12;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;

/**
 * Cuts the bytes of an attachment connection, which mixes JT/T 808 frames and pieces of files: what
 * begins with 0x7e is a frame up to the next 0x7e, what begins with {@code 30 31 63 64} is a piece
 * of a file, in which 0x7e is data. Belongs to one thread.
 */
public final class AttachmentDecoder {
  private static final int DELIMITER = 0x7e;
  private static final int MAGIC_BYTES = 4;
  private static final int LENGTH_OFFSET = FileChunk.HEAD_BYTES - 4;
  private static final int OFFSET_OFFSET = FileChunk.HEAD_BYTES - 8;
  private static final int FIRST_ROOM = 256;

  /** Where the next byte belongs. */
  private enum Place {
    BETWEEN,
    IN_FRAME,
    IN_CHUNK,
    LOST
  }

  private final int maxChunkBytes;
  private final Jt808FrameDecoder frames = new Jt808FrameDecoder();
  private final ByteBuf held = Unpooled.buffer(FIRST_ROOM);
  private Place place = Place.BETWEEN;

  /**
   * @param maxChunkBytes the longest data of one piece
   */
  public AttachmentDecoder(int maxChunkBytes) {
    this.maxChunkBytes = maxChunkBytes;
  }

  /** Reads all readable bytes; the buffer stays the caller's. */
  public void read(ByteBuf in, AttachmentListener listener) {
    while (in.isReadable() && place != Place.LOST) {
      switch (place) {
        case BETWEEN -> begin(in, listener);
        case IN_FRAME -> continueFrame(in, listener);
        case IN_CHUNK -> continueChunk(in, listener);
        case LOST -> throw new IllegalStateException("reads nothing any more");
      }
    }
    in.skipBytes(in.readableBytes());
  }

  /** The connection is at its end: reports what is unfinished. */
  public void end(AttachmentListener listener) {
    frames.end(listener);
    held.clear();
    place = Place.BETWEEN;
  }

  private void begin(ByteBuf in, AttachmentListener listener) {
    int matching = held.readableBytes();
    int next = in.getUnsignedByte(in.readerIndex());
    if (next == ((FileChunk.MAGIC >> (8 * (MAGIC_BYTES - 1 - matching))) & 0xff)) {
      held.writeByte(in.readByte());
      if (held.readableBytes() == MAGIC_BYTES) {
        place = Place.IN_CHUNK;
      }
      return;
    }
    // Whatever else it is, the frame decoder finds out.
    frames.read(held, listener);
    held.clear();
    if (next == DELIMITER) {
      frames.read(in.readSlice(1), listener);
    }
    place = Place.IN_FRAME;
  }

  private void continueFrame(ByteBuf in, AttachmentListener listener) {
    int length = in.bytesBefore((byte) DELIMITER);
    if (length == 0 && frames.isBetweenFrames()) {
      frames.read(in.readSlice(1), listener);
    } else if (length < 0) {
      frames.read(in, listener);
    } else {
      frames.read(in.readSlice(length + 1), listener);
      place = Place.BETWEEN;
    }
  }

  private void continueChunk(ByteBuf in, AttachmentListener listener) {
    if (held.readableBytes() < FileChunk.HEAD_BYTES) {
      move(in, FileChunk.HEAD_BYTES);
      if (held.readableBytes() < FileChunk.HEAD_BYTES) {
        return;
      }
      long announced = held.getUnsignedInt(LENGTH_OFFSET);
      if (announced > maxChunkBytes) {
        place = Place.LOST;
        listener.oversizedChunk(announced);
        return;
      }
    }
    int whole = FileChunk.HEAD_BYTES + (int) held.getUnsignedInt(LENGTH_OFFSET);
    move(in, whole);
    if (held.readableBytes() == whole) {
      FileChunk chunk = chunk(whole);
      held.clear();
      place = Place.BETWEEN;
      listener.chunk(chunk);
    }
  }

  private void move(ByteBuf in, int whole) {
    held.writeBytes(in, Math.min(in.readableBytes(), whole - held.readableBytes()));
  }

  private FileChunk chunk(int whole) {
    byte[] bytes = ByteBufUtil.getBytes(held, 0, whole);
    return new FileChunk(
        new GbkText(Bytes.of(bytes, MAGIC_BYTES, FileChunk.NAME_BYTES)),
        held.getUnsignedInt(OFFSET_OFFSET),
        Bytes.of(bytes, FileChunk.HEAD_BYTES, whole - FileChunk.HEAD_BYTES));
  }
}
