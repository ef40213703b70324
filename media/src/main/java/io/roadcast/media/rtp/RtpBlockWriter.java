package io.roadcast.media.rtp;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the payloads of one block after the other. Packetizers put bytes and close packets;
 * whoever drives them makes the block. One writer serves one track on the thread that feeds it; it
 * is used again for each frame.
 */
public final class RtpBlockWriter {
  /**
   * Longest payload in bytes: 1200 bytes for the datagram less 12 RTP header, 20 header extensions,
   * 2 original sequence number (RTX, RFC 4588) and 16 authentication tag.
   */
  public static final int MAX_PAYLOAD_BYTES = 1200 - 12 - 20 - 2 - 16;

  private static final int INITIAL_BYTES = 16 * 1024;

  /** A larger buffer is not kept from one frame to the next. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final RtpBlockPool pool;
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;
  private int[] ends = new int[64];
  private int packets;

  public RtpBlockWriter(RtpBlockPool pool) {
    this.pool = pool;
  }

  /** Appends one byte to the open packet. */
  public void put(int value) throws MalformedMediaException {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Appends {@code count} bytes of {@code source} from {@code offset}, which is absolute. */
  public void put(ByteBuffer source, int offset, int count) throws MalformedMediaException {
    reserve(count);
    source.get(offset, bytes, length, count);
    length += count;
  }

  /** Closes the open packet; the next byte begins another. */
  public void endPacket() {
    int start = packets == 0 ? 0 : ends[packets - 1];
    if (length == start || length - start > MAX_PAYLOAD_BYTES) {
      throw new IllegalStateException("a payload of " + (length - start) + " bytes");
    }
    if (packets == ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    ends[packets++] = length;
  }

  /**
   * The size of the fragments that {@code bytes} are best cut into: as few as can be, all of one
   * size but the last, which is as little shorter as can be.
   *
   * @param max the largest fragment allowed
   */
  public static int fragmentBytes(int bytes, int max) {
    int fragments = Math.ceilDiv(bytes, max);
    return Math.ceilDiv(bytes, fragments);
  }

  /** Whether nothing was written since the last block. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Forgets what was written since the last block. */
  public void clear() {
    length = 0;
    packets = 0;
    if (bytes.length > MAX_KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  /**
   * Makes a block of the packets closed so far and clears the writer. The caller owns the block's
   * one reference.
   */
  public RtpBlock finish(Codec codec, boolean keyframe, long timeMicros, long receivedNanos) {
    if (packets == 0 || ends[packets - 1] != length) {
      throw new IllegalStateException("no packet, or an open one");
    }
    RtpBlockPool.Memory memory = pool.take(length);
    MemorySegment.copy(bytes, 0, memory.segment(), ValueLayout.JAVA_BYTE, 0, length);
    RtpBlock block =
        pool.block(
            memory, codec, keyframe, timeMicros, receivedNanos, Arrays.copyOf(ends, packets));
    clear();
    return block;
  }

  private void reserve(int count) throws MalformedMediaException {
    int needed = length + count;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > RtpBlockPool.MAX_BLOCK_BYTES) {
      clear();
      throw new MalformedMediaException("a frame of more than " + RtpBlockPool.MAX_BLOCK_BYTES);
    }
    int doubled = Math.min(bytes.length * 2, RtpBlockPool.MAX_BLOCK_BYTES);
    bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
  }
}
