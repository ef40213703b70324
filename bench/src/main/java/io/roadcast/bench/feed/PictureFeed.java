package io.roadcast.bench.feed;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one server with {@value Picture#PER_SECOND} pictures a second, each at once, while it is
 * open.
 */
public final class PictureFeed implements AutoCloseable {
  private static final long PICTURE_NANOS = 1_000_000_000L / Picture.PER_SECOND;

  private final PictureSink sink;
  private final int bitsPerSecond;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable IOException failure;

  private PictureFeed(PictureSink sink, int bitsPerSecond) {
    this.sink = sink;
    this.bitsPerSecond = bitsPerSecond;
    this.thread = Thread.ofPlatform().daemon().name("picture-feed").unstarted(this::run);
  }

  /**
   * @param sink is closed with the feed
   */
  public static PictureFeed start(PictureSink sink, int bitsPerSecond) {
    PictureFeed feed = new PictureFeed(sink, bitsPerSecond);
    feed.thread.start();
    return feed;
  }

  private void run() {
    long due = System.nanoTime();
    try {
      for (long number = 0; !stopping; number++) {
        sink.picture(Picture.of(number, bitsPerSecond));
        due += PICTURE_NANOS;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * @throws IOException if the server stopped taking pictures
   */
  @Override
  public void close() throws IOException {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sink.close();
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
