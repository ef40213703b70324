package io.roadcast.recorder.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** As any player reads it. */
final class PlainSegmentFile implements SegmentFile {
  private final FileChannel channel;
  private long length;

  PlainSegmentFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void append(byte[] part) throws IOException {
    SegmentFile.write(channel, part, part.length, length);
    length += part.length;
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
