package io.roadcast.recorder.store;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * An object, read in larger pieces than it is asked for: those who read a recording read on. One
 * thread at a time.
 */
final class ObjectBytes implements SegmentSource {
  private static final int AHEAD_BYTES = 1 << 20;

  private final ObjectStore objects;
  private final String name;
  private final long length;
  private byte[] block = new byte[0];
  private long blockAt;
  private boolean readBefore;

  /**
   * @param length of what was recorded; a sealed object is a little longer
   */
  ObjectBytes(ObjectStore objects, String name, long length) {
    this.objects = objects;
    this.name = name;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] read(long at, int count) throws IOException {
    if (count == 0) {
      return new byte[0];
    }
    if (at < blockAt || at + count > blockAt + block.length) {
      // Whoever reads a second time reads on; a header alone is small.
      block = objects.get(name, at, readBefore ? Math.max(count, AHEAD_BYTES) : count);
      blockAt = at;
      readBefore = true;
    }
    int from = (int) (at - blockAt);
    if (block.length - from < count) {
      throw new EOFException(name + " is shorter than its index");
    }
    return Arrays.copyOfRange(block, from, from + count);
  }

  @Override
  public void close() {
    block = new byte[0];
  }
}
