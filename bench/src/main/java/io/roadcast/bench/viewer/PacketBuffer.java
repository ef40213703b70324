package io.roadcast.bench.viewer;

import org.jitsi.utils.ByteArrayBuffer;

/** A packet in an array with room behind it, as jitsi-srtp changes it in place. */
final class PacketBuffer implements ByteArrayBuffer {
  private final byte[] bytes;
  private int length;

  PacketBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  void set(byte[] source, int count) {
    System.arraycopy(source, 0, bytes, 0, count);
    length = count;
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getOffset() {
    return 0;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int newLength) {
    length = newLength;
  }

  @Override
  public void setOffset(int newOffset) {
    throw new UnsupportedOperationException("a packet begins at 0");
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(bytes, from, target, 0, count);
  }

  @Override
  public void grow(int count) {
    if (length + count > bytes.length) {
      throw new IllegalStateException("a packet of more than " + bytes.length + " bytes");
    }
  }

  @Override
  public void append(byte[] more, int count) {
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
