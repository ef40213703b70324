package io.roadcast.sfu.transcode;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a child says of itself when it is asked.
 *
 * @param damaged frames so far that could not be decoded
 * @param skipped frames so far that it left out to catch up
 * @param workNanos processor time that what it is doing right now has used, where it was doing that
 *     already when it was asked before
 */
record ChildHealth(long damaged, long skipped, long workNanos) {
  static final ChildHealth NEW = new ChildHealth(0, 0, 0);

  private static final int BYTES = 3 * Long.BYTES;

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(damaged).putLong(skipped).putLong(workNanos).array();
  }

  /**
   * @throws IOException if it is none
   */
  static ChildHealth of(byte[] bytes) throws IOException {
    if (bytes.length != BYTES) {
      throw new IOException("no account of a child's health");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new ChildHealth(in.getLong(), in.getLong(), in.getLong());
  }
}
