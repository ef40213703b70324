package io.roadcast.signaling;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.recorder.store.SegmentStore;
import io.roadcast.recorder.store.StorageUnavailableException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recordings in a directory that may be away, as an object store may. */
public final class FakeSegmentStore implements SegmentStore {
  private final SegmentStore directory;

  /** What is known of segments can not be read. */
  public volatile boolean sidecarsAway;

  /** What was recorded can not be read behind the header of its file. */
  public volatile boolean fragmentsAway;

  /** Where a segment may be read without us; null for nowhere. */
  public volatile @Nullable String direct;

  FakeSegmentStore(SegmentStore directory) {
    this.directory = directory;
  }

  private static StorageUnavailableException away() {
    return new StorageUnavailableException("the object store: away", new IOException("away"));
  }

  @Override
  public Sidecar sidecar(Segment segment) throws IOException {
    if (sidecarsAway) {
      throw away();
    }
    return directory.sidecar(segment);
  }

  @Override
  public SegmentSource open(Sidecar sidecar) throws IOException {
    SegmentSource source = directory.open(sidecar);
    return new SegmentSource() {
      @Override
      public long length() {
        return source.length();
      }

      @Override
      public byte[] read(long at, int length) throws IOException {
        if (fragmentsAway && (at > 0 || length > sidecar.headerBytes())) {
          throw away();
        }
        return source.read(at, length);
      }

      @Override
      public void close() throws IOException {
        source.close();
      }
    };
  }

  @Override
  public Optional<String> directAddress(Segment segment) {
    return Optional.ofNullable(direct);
  }
}
