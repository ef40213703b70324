package io.roadcast.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far. Closed in reverse order; a part that takes too long is reported and
 * left behind, so that closing always ends.
 */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private record Part(String name, AutoCloseable closeable) {}

  private final Deque<Part> started = new ArrayDeque<>();
  private final Duration patience;

  /**
   * @param patience with each part
   */
  Parts(Duration patience) {
    this.patience = patience;
  }

  <P extends AutoCloseable> P add(String name, P part) {
    started.push(new Part(name, part));
    return part;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  private void close(Part part) {
    Thread closing = Thread.ofPlatform().daemon().name("close-" + part.name).start(() -> run(part));
    try {
      if (!closing.join(patience)) {
        LOG.warn("{} did not end within {} ms", part.name, patience.toMillis());
        closing.interrupt();
      }
    } catch (InterruptedException e) {
      closing.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Part part) {
    try {
      part.closeable.close();
    } catch (Exception failed) {
      LOG.warn("closing {} failed", part.name, failed);
    }
  }
}
