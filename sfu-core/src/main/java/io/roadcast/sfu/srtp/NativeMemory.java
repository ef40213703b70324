package io.roadcast.sfu.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Memory outside the heap by its plain address, for the way of a packet: nothing is checked here,
 * so only addresses of memory that the caller owns may come in.
 */
final class NativeMemory {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt HOST_INT = ValueLayout.JAVA_INT_UNALIGNED;

  private NativeMemory() {}

  static void putLong(long address, long value) {
    ALL.set(LONG, address, value);
  }

  static void putInt(long address, int value) {
    ALL.set(INT, address, value);
  }

  static void putShort(long address, short value) {
    ALL.set(SHORT, address, value);
  }

  static int getInt(long address) {
    return ALL.get(INT, address);
  }

  static int getUnsignedShort(long address) {
    return ALL.get(SHORT, address) & 0xffff;
  }

  /** In the byte order of this machine, for structures of native code. */
  static void putHostInt(long address, int value) {
    ALL.set(HOST_INT, address, value);
  }

  /** In the byte order of this machine, for structures of native code. */
  static int getHostInt(long address) {
    return ALL.get(HOST_INT, address);
  }

  static void copy(long from, long to, long length) {
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  static void copy(byte[] from, long to, int length) {
    MemorySegment.copy(from, 0, ALL, ValueLayout.JAVA_BYTE, to, length);
  }

  /** From a segment of either kind. */
  static void copy(MemorySegment from, long offset, long to, long length) {
    MemorySegment.copy(from, offset, ALL, to, length);
  }

  static void fill(long address, long length, byte value) {
    ALL.asSlice(address, length).fill(value);
  }
}
