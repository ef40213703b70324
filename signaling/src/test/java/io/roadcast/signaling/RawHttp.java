package io.roadcast.signaling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes. */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final int SMALL_BUFFER_BYTES = 4096;

  private final Socket socket;

  public RawHttp(int port) throws IOException {
    this(port, new Socket());
  }

  private RawHttp(int port, Socket socket) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** One that takes in very little before it is read. */
  public static RawHttp reluctant(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
    return new RawHttp(port, socket);
  }

  /** A server that has closed already is no failure: the answer says why. */
  public void send(String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException closed) {
      // response() tells.
    }
  }

  /** All that comes until the server closes, or "" if it closes at once. */
  public String response() throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] chunk = new byte[4096];
    try {
      for (int count = read(chunk); count >= 0; count = read(chunk)) {
        text.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException reset) {
      // What came before it counts.
    }
    return text.toString();
  }

  /** Sends a piece at each interval until something comes. */
  public String responseWhileSending(String piece, int intervalMillis) throws IOException {
    socket.setSoTimeout(intervalMillis);
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    byte[] first = new byte[1];
    while (System.nanoTime() - deadline < 0) {
      try {
        int count = socket.getInputStream().read(first);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return count < 0 ? "" : new String(first, StandardCharsets.ISO_8859_1) + response();
      } catch (SocketTimeoutException quiet) {
        send(piece);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int read(byte[] chunk) throws IOException {
    return socket.getInputStream().read(chunk);
  }
}
