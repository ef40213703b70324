package io.roadcast.bench.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that receives, decrypts and answers for any number of viewers; each has a socket
 * of its own. With many viewers it pauses a millisecond between its turns, so that each turn finds
 * whole frames waiting: that costs less, and arrival times are that much coarser.
 */
public final class ViewerLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ViewerLoop.class);
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int MANY_VIEWERS = 20;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final int DATAGRAM_BYTES = 2048;

  private final Selector selector;
  private final StunCodec stun = new StunCodec();
  private final DtlsIdentity identity = DtlsIdentity.generate();
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final List<ViewerConnection> connections = new ArrayList<>();
  private final byte[] datagramBytes = new byte[DATAGRAM_BYTES];
  private final ByteBuffer datagram = ByteBuffer.wrap(datagramBytes);
  private final PacketBuffer packet = new PacketBuffer(DATAGRAM_BYTES);
  private final Thread thread;
  private volatile boolean closed;
  private volatile long cpuNanos;

  private ViewerLoop() throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().name("viewers").daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public static ViewerLoop start() throws IOException {
    ViewerLoop loop = new ViewerLoop();
    loop.thread.start();
    return loop;
  }

  /** CPU time the thread has used, refreshed about every 10 ms. */
  public long cpuNanos() {
    return cpuNanos;
  }

  StunCodec stun() {
    return stun;
  }

  DtlsIdentity identity() {
    return identity;
  }

  /** An empty buffer for one datagram, whose bytes are {@link #datagramBytes()}. */
  ByteBuffer datagram() {
    return datagram.clear();
  }

  byte[] datagramBytes() {
    return datagramBytes;
  }

  PacketBuffer packet() {
    return packet;
  }

  /** Runs something on the loop's thread, in the order of these calls. */
  void execute(Runnable command) {
    commands.add(command);
    selector.wakeup();
  }

  /** Runs something on the loop's thread and waits for what it gives. */
  <T> T call(Supplier<T> command) {
    CompletableFuture<T> result = new CompletableFuture<>();
    execute(
        () -> {
          try {
            result.complete(command.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    if (!thread.isAlive()) {
      runCommands();
    }
    return result.join();
  }

  /** A socket for a viewer, of which the selector does not know yet. Any thread. */
  static DatagramChannel bind() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    channel.bind(new InetSocketAddress(0));
    channel.configureBlocking(false);
    return channel;
  }

  /** From now on the viewer hears what comes to its socket. Called on the loop's thread. */
  void register(DatagramChannel channel, ViewerConnection connection) {
    try {
      channel.register(selector, SelectionKey.OP_READ, connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(ViewerConnection connection) {
    connections.add(connection);
  }

  void remove(ViewerConnection connection) {
    connections.remove(connection);
  }

  /** Ends the thread; the viewers' sockets are closed without a word to the server. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long nextTick = System.nanoTime();
    try {
      while (!closed) {
        long wait = TimeUnit.NANOSECONDS.toMillis(nextTick - System.nanoTime());
        if (wait > 0) {
          selector.select(this::serve, wait);
        } else {
          selector.selectNow(this::serve);
        }
        runCommands();
        long now = System.nanoTime();
        if (now - nextTick >= 0) {
          nextTick = now + TICK;
          tick(now);
        }
        if (connections.size() >= MANY_VIEWERS) {
          LockSupport.parkNanos(PAUSE);
        }
      }
    } catch (IOException e) {
      log.error("The viewers' selector failed", e);
    } finally {
      finish();
    }
  }

  private void serve(SelectionKey key) {
    ViewerConnection connection = (ViewerConnection) key.attachment();
    try {
      connection.readable();
    } catch (RuntimeException e) {
      log.error("A viewer failed", e);
      connection.fail("its own mistake: " + e);
    }
  }

  private void runCommands() {
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      try {
        command.run();
      } catch (RuntimeException e) {
        log.error("A viewer's command failed", e);
      }
    }
  }

  private void tick(long now) {
    for (ViewerConnection connection : List.copyOf(connections)) {
      connection.tick(now);
    }
    cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void finish() {
    for (ViewerConnection connection : List.copyOf(connections)) {
      connection.close();
    }
    runCommands();
    stun.close();
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("The viewers' selector did not close", e);
    }
  }
}
