package io.roadcast.recorder.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Encrypted; see {@link SealedLayout} and {@link SegmentKey}. */
final class SealedSegmentFile implements SegmentFile {
  private final FileChannel channel;
  private final SegmentKey key;
  private long length;
  private long chunks;

  /** A chunk's number was used for bytes that may have been seen: it must not be used again. */
  private boolean failed;

  SealedSegmentFile(FileChannel channel, SegmentKey.Fresh fresh) throws IOException {
    this.channel = channel;
    this.key = fresh.key();
    SegmentFile.write(channel, fresh.header(), fresh.header().length, 0);
    length = fresh.header().length;
  }

  @Override
  public void append(byte[] part) throws IOException {
    if (failed) {
      throw new IOException("an earlier part could not be written");
    }
    byte[] sealed = new byte[SealedLayout.sealedBytes(part.length)];
    ByteBuffer lengths = ByteBuffer.wrap(sealed);
    int to = 0;
    for (int at = 0; at < part.length; at += SealedLayout.CHUNK_BYTES) {
      int count = Math.min(SealedLayout.CHUNK_BYTES, part.length - at);
      lengths.putInt(to, count);
      to += SealedLayout.LENGTH_BYTES;
      key.seal(chunks++, part, at, count, sealed, to);
      to += count + SegmentKey.TAG_BYTES;
    }
    failed = true;
    SegmentFile.write(channel, sealed, sealed.length, length);
    failed = false;
    length += sealed.length;
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
