package io.roadcast.recorder.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A segment's file whose writing was cut off, without an index. */
sealed interface TornFile extends Closeable {
  /** Of what was recorded and is whole, in bytes. */
  long length();

  byte[] read(long at, int count) throws IOException;

  /** Forgets what is behind; brings the rest to the disk. */
  void cut(long length) throws IOException;

  /** As any player reads it. */
  record Plain(FileChannel channel, long length) implements TornFile {
    @Override
    public byte[] read(long at, int count) throws IOException {
      return new FileBytes(channel, length).read(at, count);
    }

    @Override
    public void cut(long length) throws IOException {
      channel.truncate(length);
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Encrypted by us: its chunks say how long they are. */
  final class Sealed implements TornFile {
    private final FileChannel channel;
    private final SegmentKey key;
    private final List<Chunk> chunks = new ArrayList<>();
    private long length;

    private record Chunk(long sealedAt, long plainAt, int plainBytes) {}

    Sealed(FileChannel channel, MasterKeys masters, UUID segment) throws IOException {
      this.channel = channel;
      FileBytes file = new FileBytes(channel, channel.size());
      int header = (int) Math.min(SegmentKey.HEADER_BYTES, file.length());
      key = SegmentKey.open(masters, file.read(0, header), segment);
      long at = SegmentKey.HEADER_BYTES;
      while (file.length() - at >= SealedLayout.OVERHEAD_BYTES) {
        int bytes = ByteBuffer.wrap(file.read(at, SealedLayout.LENGTH_BYTES)).getInt();
        if (bytes < 1
            || bytes > SealedLayout.CHUNK_BYTES
            || file.length() - at < SealedLayout.OVERHEAD_BYTES + bytes) {
          break;
        }
        chunks.add(new Chunk(at, length, bytes));
        length += bytes;
        at += SealedLayout.OVERHEAD_BYTES + bytes;
      }
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public byte[] read(long at, int count) throws IOException {
      ByteBuffer plain = ByteBuffer.allocate(count);
      for (int i = chunkAt(at); plain.hasRemaining(); i++) {
        Chunk chunk = chunks.get(i);
        byte[] sealed =
            new FileBytes(channel, channel.size())
                .read(
                    chunk.sealedAt + SealedLayout.LENGTH_BYTES,
                    chunk.plainBytes + SegmentKey.TAG_BYTES);
        byte[] opened = new byte[chunk.plainBytes];
        key.open(i, sealed, 0, sealed.length, opened, 0);
        int skip = (int) (at + plain.position() - chunk.plainAt);
        plain.put(opened, skip, Math.min(opened.length - skip, plain.remaining()));
      }
      return plain.array();
    }

    private int chunkAt(long at) {
      int low = 0;
      int high = chunks.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) / 2;
        if (chunks.get(middle).plainAt <= at) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    @Override
    public void cut(long to) throws IOException {
      if (to < length) {
        channel.truncate(chunks.get(chunkAt(to)).sealedAt);
      } else if (!chunks.isEmpty()) {
        Chunk last = chunks.getLast();
        channel.truncate(last.sealedAt + last.plainBytes + SealedLayout.OVERHEAD_BYTES);
      }
      channel.force(true);
      length = to;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
