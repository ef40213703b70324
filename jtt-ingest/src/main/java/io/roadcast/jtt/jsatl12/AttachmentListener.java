package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.Jt808FrameListener;

/** Takes what an {@link AttachmentDecoder} finds, on the decoder's thread. */
public interface AttachmentListener extends Jt808FrameListener {
  /** A piece of a file. */
  void chunk(FileChunk chunk);

  /**
   * A piece that announces more than the limit: what follows cannot be told apart, so the
   * connection has to be closed.
   */
  void oversizedChunk(long announcedBytes);
}
