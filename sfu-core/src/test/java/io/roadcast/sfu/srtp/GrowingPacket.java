package io.roadcast.sfu.srtp;

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/** A packet that the independent implementation may make longer. */
final class GrowingPacket implements ByteArrayBuffer {
  private final byte[] bytes;
  private int length;

  GrowingPacket(byte[] plain) {
    bytes = Arrays.copyOf(plain, plain.length + 64);
    length = plain.length;
  }

  byte[] content() {
    return Arrays.copyOf(bytes, length);
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
    throw new UnsupportedOperationException();
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
  public void grow(int count) {}

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
