package io.roadcast.signaling.ws;

import io.roadcast.fleet.access.Principal;
import io.roadcast.signaling.http.Gate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One client. Whoever has something to say offers it to the queue and never waits; one virtual
 * thread writes the queue to the socket.
 */
final class PushConnection {
  /** The credential is no longer valid (RFC 6455 section 7.4.1: policy violation). */
  static final int POLICY_VIOLATION = 1008;

  static final int GOING_AWAY = 1001;
  static final int TRY_AGAIN_LATER = 1013;
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  /** What waits to be written: one or several messages, or the end. */
  private sealed interface Item {
    record Messages(List<String> texts) implements Item {}

    record End(int code, String reason) implements Item {}
  }

  private final Session session;
  private final Principal principal;
  private final @Nullable String credential;
  private final String address;
  private final Gate gate;
  private final Duration pingInterval;
  private final BlockingQueue<Item> queue;
  private final AtomicBoolean closing = new AtomicBoolean();

  PushConnection(
      Session session,
      Principal principal,
      @Nullable String credential,
      String address,
      Gate gate,
      PushLimits limits) {
    this.session = session;
    this.principal = principal;
    this.credential = credential;
    this.address = address;
    this.gate = gate;
    this.pingInterval = limits.pingInterval();
    this.queue = new ArrayBlockingQueue<>(limits.maxQueuedMessages());
  }

  Principal principal() {
    return principal;
  }

  String address() {
    return address;
  }

  void start() {
    Thread.ofVirtual().name("push-" + address).start(this::write);
  }

  /**
   * Never blocks.
   *
   * @return false if the client is too slow; the caller closes it
   */
  boolean offer(List<String> texts) {
    return closing.get() || queue.offer(new Item.Messages(texts));
  }

  boolean offer(String text) {
    return offer(List.of(text));
  }

  /** Closes after what was offered before. Never blocks. */
  void finish(int code, String reason) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    if (!queue.offer(new Item.End(code, reason))) {
      breakOff(code, reason);
    }
  }

  /** Closes now, dropping what waits: for a client that does not read. Never blocks. */
  void drop(int code, String reason) {
    if (closing.compareAndSet(false, true)) {
      breakOff(code, reason);
    }
  }

  /** The socket is closed: ends the writing thread. */
  void closed() {
    closing.set(true);
    queue.clear();
    queue.offer(new Item.End(GOING_AWAY, ""));
  }

  private void breakOff(int code, String reason) {
    queue.clear();
    queue.offer(new Item.End(code, reason));
    Thread.ofVirtual()
        .start(
            () -> {
              pause(CLOSE_PATIENCE);
              session.disconnect();
            });
  }

  private void write() {
    try {
      long nextCheck = System.nanoTime() + pingInterval.toNanos();
      while (session.isOpen()) {
        Item item = queue.poll(nextCheck - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (nextCheck - System.nanoTime() <= 0) {
          check();
          nextCheck = System.nanoTime() + pingInterval.toNanos();
        }
        switch (item) {
          case null -> {}
          case Item.Messages messages -> {
            for (String text : messages.texts()) {
              send(text);
            }
          }
          case Item.End end -> {
            session.close(end.code(), end.reason(), Callback.NOOP);
            return;
          }
        }
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      session.disconnect();
    }
  }

  /** Is the client still there, and still allowed? However much it is told meanwhile. */
  private void check() {
    if (gate.stillValid(credential)) {
      session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    } else {
      finish(POLICY_VIOLATION, "token_expired");
    }
  }

  private void send(String text) throws InterruptedException, ExecutionException, TimeoutException {
    Callback.Completable written = new Callback.Completable();
    session.sendText(text, written);
    written.get(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
