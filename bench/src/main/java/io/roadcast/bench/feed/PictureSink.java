package io.roadcast.bench.feed;

import java.io.IOException;

/** Takes a stream's pictures, from one thread. */
public interface PictureSink extends AutoCloseable {
  void picture(Picture picture) throws IOException;

  @Override
  void close() throws IOException;
}
