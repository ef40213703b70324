package io.roadcast.sfu.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings workers' news to the listeners, in order, without a worker waiting for them. */
final class Notices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final List<ViewerListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("viewer-notices").factory());

  void add(ViewerListener listener) {
    listeners.add(listener);
  }

  void remove(ViewerListener listener) {
    listeners.remove(listener);
  }

  void tell(Consumer<ViewerListener> news) {
    thread.execute(
        () -> {
          for (ViewerListener listener : listeners) {
            try {
              news.accept(listener);
            } catch (RuntimeException e) {
              log.error("a listener failed on a notice about a viewer", e);
            }
          }
        });
  }

  /** Brings what was told so far, then ends. */
  @Override
  public void close() {
    thread.close();
  }
}
