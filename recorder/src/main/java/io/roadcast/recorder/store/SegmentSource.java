package io.roadcast.recorder.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A segment's bytes as they were recorded, opened to be read. One thread at a time. */
public interface SegmentSource extends Closeable {
  /** In bytes; of a segment that is being written, what there was when it was opened. */
  long length();

  /**
   * Reads a range; blocks.
   *
   * @param at of the first byte, from 0
   * @throws IOException if it can not be read, is shorter than that, or was changed by somebody
   */
  byte[] read(long at, int length) throws IOException;

  /**
   * Writes a range of any length to somebody.
   *
   * @param end exclusive
   */
  default void copy(OutputStream out, long first, long end) throws IOException {
    final int step = 256 * 1024;
    for (long at = first; at < end; at += step) {
      out.write(read(at, (int) Math.min(step, end - at)));
    }
  }
}
