package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Sidecar;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is in a sealed file, wherever that lies. */
final class SealedSource implements SegmentSource {
  private final SegmentSource file;
  private final MasterKeys masters;
  private final Sidecar sidecar;
  private final SealedLayout layout;
  private @Nullable SegmentKey key;

  /**
   * @param file closed with this
   */
  SealedSource(SegmentSource file, MasterKeys masters, Sidecar sidecar) {
    this.file = file;
    this.masters = masters;
    this.sidecar = sidecar;
    this.layout = new SealedLayout(sidecar);
  }

  @Override
  public long length() {
    return layout.length();
  }

  @Override
  public byte[] read(long at, int length) throws IOException {
    if (at < 0 || length < 0 || at + length > layout.length()) {
      throw new EOFException("a recording is shorter than its index");
    }
    byte[] plain = new byte[length];
    for (int done = 0; done < length; ) {
      SealedLayout.Run run = layout.run(at + done, length - done);
      byte[] opened = open(run);
      int skip = (int) (at + done - run.plainAt());
      int count = Math.min(opened.length - skip, length - done);
      System.arraycopy(opened, skip, plain, done, count);
      done += count;
    }
    return plain;
  }

  private byte[] open(SealedLayout.Run run) throws IOException {
    SegmentKey secret = key;
    if (secret == null) {
      secret =
          SegmentKey.open(masters, file.read(0, SegmentKey.HEADER_BYTES), sidecar.segment().id());
      key = secret;
    }
    byte[] sealed = file.read(run.sealedAt(), run.sealedBytes());
    byte[] plain = new byte[run.plainBytes()];
    int from = 0;
    for (int at = 0, chunk = 0; at < plain.length; chunk++) {
      int count = Math.min(SealedLayout.CHUNK_BYTES, plain.length - at);
      from += SealedLayout.LENGTH_BYTES;
      secret.open(run.first() + chunk, sealed, from, count + SegmentKey.TAG_BYTES, plain, at);
      from += count + SegmentKey.TAG_BYTES;
      at += count;
    }
    return plain;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
