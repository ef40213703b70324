package io.roadcast.jtt.jt808;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes that never change; two are equal when they hold the same. */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] array;
  private final int from;
  private final int length;

  private Bytes(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  /** Copies. */
  public static Bytes of(byte... bytes) {
    return new Bytes(bytes.clone(), 0, bytes.length);
  }

  /** Copies a part of an array. */
  public static Bytes of(byte[] bytes, int from, int length) {
    return new Bytes(Arrays.copyOfRange(bytes, from, from + length), 0, length);
  }

  /**
   * Reads hexadecimal digits of either case, two per byte.
   *
   * @throws IllegalArgumentException if there is anything else
   */
  public static Bytes ofHex(String hex) {
    return wrap(HEX.parseHex(hex));
  }

  /** Takes over an array that nobody changes from now on. */
  static Bytes wrap(byte[] bytes) {
    return new Bytes(bytes, 0, bytes.length);
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The unsigned byte at an index. */
  public int at(int index) {
    return array[from + Objects.checkIndex(index, length)] & 0xff;
  }

  /** A part, without copying. */
  public Bytes slice(int offset, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    return count == length ? this : new Bytes(array, from + offset, count);
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  /** Appends a copy to a buffer. */
  public void writeTo(ByteBuf out) {
    out.writeBytes(array, from, length);
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(array, from, target, offset, length);
  }

  /** Lower case, two digits per byte. */
  public String toHex() {
    return HEX.formatHex(array, from, from + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, from, from + length, that.array, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return toHex();
  }
}
