package io.roadcast.recorder.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment's file while it is written, part by part. One thread at a time. */
public sealed interface SegmentFile extends Closeable permits PlainSegmentFile, SealedSegmentFile {
  /**
   * Adds the header or a fragment. If that fails, the file ends where it ended before, and nothing
   * more can be added.
   */
  void append(byte[] part) throws IOException;

  /** Waits until all of it is on the disk. */
  void force() throws IOException;

  /**
   * @throws IOException if there is one already, or the disk does not take it
   */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Writes all of it at a place, or leaves the file as long as it was. */
  static void write(FileChannel channel, byte[] bytes, int length, long at) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (left.hasRemaining()) {
        channel.write(left, at + left.position());
      }
    } catch (IOException failure) {
      channel.truncate(at);
      throw failure;
    }
  }
}
