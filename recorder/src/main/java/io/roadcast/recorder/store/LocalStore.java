package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.Sidecar;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Segments in the directory of recordings. */
public final class LocalStore implements SegmentStore {
  private final SegmentPlaces places;

  public LocalStore(SegmentPlaces places) {
    this.places = places;
  }

  @Override
  public Sidecar sidecar(Segment segment) throws IOException {
    return Sidecar.read(places.file(segment.place()));
  }

  @Override
  public SegmentSource open(Sidecar sidecar) throws IOException {
    FileChannel channel =
        FileChannel.open(places.file(sidecar.segment().place()), StandardOpenOption.READ);
    return new PlainFile(channel, channel.size());
  }

  private record PlainFile(FileChannel channel, long length) implements SegmentSource {
    @Override
    public byte[] read(long at, int count) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(count);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, at + bytes.position()) < 0) {
          throw new EOFException("a recording is shorter than its index");
        }
      }
      return bytes.array();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
