package io.roadcast.sfu.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order at any place of an array. */
final class BigEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static long getLong(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static int getInt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static void putInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  static int getUnsignedShort(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xffff;
  }

  /** Exclusive-ors a 32-bit number into four bytes. */
  static void xorInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, (int) INT.get(bytes, offset) ^ value);
  }

  /** Exclusive-ors a 48-bit number into six bytes. */
  static void xorIndex(byte[] bytes, int offset, long index) {
    SHORT.set(bytes, offset, (short) ((short) SHORT.get(bytes, offset) ^ (int) (index >>> 32)));
    xorInt(bytes, offset + 2, (int) index);
  }
}
