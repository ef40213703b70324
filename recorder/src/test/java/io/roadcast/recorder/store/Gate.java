package io.roadcast.recorder.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A way to a server that can be shut, that can be made slow, and that breaks after some bytes. */
public final class Gate implements AutoCloseable {
  private final ServerSocket entrance;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong leftBytes = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean shut;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  Gate(int port) throws IOException {
    this.port = port;
    this.entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Nobody comes through, and who is in goes. */
  public void shut() {
    shut = true;
    open.forEach(Gate::end);
  }

  public void open() {
    leftBytes.set(Long.MAX_VALUE);
    shut = false;
  }

  /** After so many more bytes towards the server it is shut. */
  public void shutAfter(long bytes) {
    leftBytes.set(bytes);
  }

  /** Towards the server, over each connection. */
  public void slow(long wantedBytesPerSecond) {
    bytesPerSecond = wantedBytesPerSecond;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        if (shut) {
          end(client);
        } else {
          pass(client);
        }
      } catch (IOException ended) {
        // Closed, or the server does not take it.
      }
    }
  }

  private void pass(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(client);
    open.add(server);
    Thread.ofVirtual().start(() -> pump(client, server, true));
    Thread.ofVirtual().start(() -> pump(server, client, false));
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (counted && leftBytes.addAndGet(-count) < 0) {
          shut();
        }
        if (shut) {
          return;
        }
        if (counted && bytesPerSecond != Long.MAX_VALUE) {
          LockSupport.parkNanos(count * 1_000_000_000L / bytesPerSecond);
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException ended) {
      // One of them is gone.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    shut();
  }
}
