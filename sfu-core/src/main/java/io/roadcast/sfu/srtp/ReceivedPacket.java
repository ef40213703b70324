package io.roadcast.sfu.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** The window through which jitsi-srtp sees a packet in our array; used again for each packet. */
final class ReceivedPacket implements ByteArrayBuffer {
  private byte[] bytes = {};
  private int offset;
  private int length;

  void set(byte[] array, int from, int count) {
    bytes = array;
    offset = from;
    length = count;
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getOffset() {
    return offset;
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
    offset = newOffset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(bytes, offset + from, target, 0, count);
  }

  @Override
  public void grow(int count) {
    throw new UnsupportedOperationException("a received packet only shrinks");
  }

  @Override
  public void append(byte[] more, int count) {
    throw new UnsupportedOperationException("a received packet only shrinks");
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
