package io.roadcast.e2e.joins;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between browsers and the server's media port, delays each datagram, loses some and lets
 * only so many through: what {@code tc netem} does, on systems whose kernel has none.
 */
final class MediaRelay implements AutoCloseable {
  /**
   * How bad the way is, the same in both directions.
   *
   * @param delayMillis of each datagram
   * @param jitterMillis added to or taken from it, evenly spread; datagrams may overtake each other
   * @param lossPercent of them
   * @param kilobits a second that come through; 0 for no limit
   */
  record Way(int delayMillis, int jitterMillis, double lossPercent, int kilobits) {
    static final Way CLEAN = new Way(0, 0, 0);

    /** Without a limit. */
    Way(int delayMillis, int jitterMillis, double lossPercent) {
      this(delayMillis, jitterMillis, lossPercent, 0);
    }

    Way limited(int newKilobits) {
      return new Way(delayMillis, jitterMillis, lossPercent, newKilobits);
    }

    @Override
    public String toString() {
      String limit = kilobits == 0 ? "" : ", " + kilobits + " kbit/s";
      return delayMillis + "±" + jitterMillis + " ms, " + lossPercent + " %" + limit;
    }
  }

  private record Waiting(long dueNanos, DatagramSocket socket, DatagramPacket datagram)
      implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      return Long.signum(dueNanos - other.dueNanos);
    }
  }

  /** The queue before a narrow place; a datagram that would wait longer is lost. */
  private static final long MAX_QUEUE_NANOS = 3_000_000_000L;

  private static final int BUFFER_BYTES = 4 << 20;
  private static final int HEADER_BYTES = 28;

  private volatile Way way;
  private volatile long darkUntilNanos = System.nanoTime();
  private long downFreeNanos = System.nanoTime();
  private long upFreeNanos = System.nanoTime();
  private final SocketAddress server;
  private final DatagramSocket front;
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private final PriorityBlockingQueue<Waiting> waiting = new PriorityBlockingQueue<>();
  private final Random random = new Random(1);
  private final Thread sender = Thread.ofPlatform().daemon().name("relay").unstarted(this::send);
  private volatile boolean closed;

  private MediaRelay(Way way, int serverPort) throws IOException {
    this.way = way;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    this.front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    enlarge(front);
  }

  static MediaRelay start(Way way, int serverPort) throws IOException {
    MediaRelay relay = new MediaRelay(way, serverPort);
    relay.sender.setPriority(Thread.MAX_PRIORITY);
    relay.sender.start();
    Thread.ofPlatform().daemon().name("relay-front").start(relay::receiveFromBrowsers);
    return relay;
  }

  /** From now on the way is like that. */
  void become(Way other) {
    way = other;
  }

  /** Nothing comes through for so long. */
  void blackout(Duration time) {
    darkUntilNanos = System.nanoTime() + time.toNanos();
  }

  int port() {
    return front.getLocalPort();
  }

  private static void enlarge(DatagramSocket socket) throws IOException {
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
  }

  private void receiveFromBrowsers() {
    receive(
        front,
        datagram -> {
          DatagramSocket back = backs.get(datagram.getSocketAddress());
          if (back == null) {
            back = newBack(datagram.getSocketAddress());
          }
          datagram.setSocketAddress(server);
          pass(back, datagram);
        });
  }

  /** The server sees one address for each that a browser uses. */
  private DatagramSocket newBack(SocketAddress browser) throws IOException {
    DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    enlarge(back);
    backs.put(browser, back);
    Thread.ofPlatform()
        .daemon()
        .name("relay-back")
        .start(
            () ->
                receive(
                    back,
                    datagram -> {
                      datagram.setSocketAddress(browser);
                      pass(front, datagram);
                    }));
    return back;
  }

  private interface Taker {
    void take(DatagramPacket datagram) throws IOException;
  }

  private void receive(DatagramSocket socket, Taker taker) {
    byte[] buffer = new byte[2048];
    try {
      while (true) {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        socket.receive(datagram);
        byte[] bytes = Arrays.copyOf(buffer, datagram.getLength());
        taker.take(new DatagramPacket(bytes, bytes.length, datagram.getSocketAddress()));
      }
    } catch (IOException e) {
      if (!closed) {
        throw new AssertionError("the relay broke", e);
      }
    }
  }

  private void pass(DatagramSocket socket, DatagramPacket datagram) {
    Way now = way;
    double chance;
    double jitter;
    long through;
    synchronized (random) {
      chance = random.nextDouble() * 100;
      jitter = (random.nextDouble() * 2 - 1) * now.jitterMillis;
      through = passNarrowPlace(socket == front, datagram.getLength() + HEADER_BYTES, now.kilobits);
    }
    if (chance < now.lossPercent || through < 0 || System.nanoTime() - darkUntilNanos < 0) {
      return;
    }
    long delay = (long) ((now.delayMillis + jitter) * 1e6);
    waiting.add(new Waiting(System.nanoTime() + through + Math.max(0, delay), socket, datagram));
    LockSupport.unpark(sender);
  }

  /** How long a datagram takes to come through, those before it included; -1 if it is lost. */
  private long passNarrowPlace(boolean down, int bytes, int kilobits) {
    if (kilobits == 0) {
      return 0;
    }
    long now = System.nanoTime();
    long free = Math.max(now, down ? downFreeNanos : upFreeNanos);
    if (free - now > MAX_QUEUE_NANOS) {
      return -1;
    }
    free += bytes * 8_000_000L / kilobits;
    if (down) {
      downFreeNanos = free;
    } else {
      upFreeNanos = free;
    }
    return free - now;
  }

  private void send() {
    while (!closed) {
      Waiting next = waiting.peek();
      long left = next == null ? Long.MAX_VALUE : next.dueNanos - System.nanoTime();
      if (next != null && left <= 0) {
        Waiting due = waiting.poll();
        try {
          if (due != null) {
            due.socket.send(due.datagram);
          }
        } catch (IOException gone) {
          // The browser's socket is closed; its datagram is lost, as on any way.
        }
      } else {
        LockSupport.parkNanos(Math.min(left, 100_000_000));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    front.close();
    backs.values().forEach(DatagramSocket::close);
  }
}
