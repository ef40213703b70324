package io.roadcast.bench.viewer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The viewer's end of the DTLS association, on a virtual thread of its own that lives as long as
 * the association: handshake, then waiting for the server's close_notify.
 */
final class DtlsClientEnd implements DatagramTransport {
  private static final int DATAGRAM_BYTES = 2048;
  private static final int SEND_BYTES = 1200;
  private static final int MAX_WAITING = 64;
  private static final int IDLE_WAIT_MILLIS = 60_000;
  private static final int GOODBYE_MILLIS = 1000;

  /** Told on the virtual thread what became of the association. */
  interface Listener {
    void established(MediaKeys keys);

    /** The handshake failed. */
    void failed(String reason);

    void closedByServer();
  }

  private final DtlsHandshake handshake;
  private final Consumer<byte[]> output;
  private final Listener listener;
  private final LinkedBlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>(MAX_WAITING);
  private @Nullable Thread thread;

  DtlsClientEnd(DtlsHandshake handshake, Consumer<byte[]> output, Listener listener) {
    this.handshake = handshake;
    this.output = output;
    this.listener = listener;
  }

  void start() {
    thread = Thread.ofVirtual().name("viewer-dtls").start(this::run);
  }

  /** A datagram from the server, a copy; dropped if too many wait. */
  void deliver(byte[] datagram) {
    incoming.offer(datagram); // DTLS repeats what is dropped
  }

  /** Says close_notify if there is somebody to hear it; returns when that is sent. */
  void end() throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join(GOODBYE_MILLIS);
    }
  }

  /** Called by the protocol engine when it is done with us. */
  @Override
  public void close() {}

  private void run() {
    DTLSTransport transport;
    try {
      transport = new DTLSClientProtocol().connect(handshake, this);
    } catch (IOException | RuntimeException e) {
      listener.failed("DTLS: " + e.getMessage());
      return;
    }
    listener.established(Objects.requireNonNull(handshake.keys()));
    byte[] buffer = new byte[DATAGRAM_BYTES];
    try {
      while (!handshake.closedByServer()) {
        transport.receive(buffer, 0, buffer.length, IDLE_WAIT_MILLIS);
      }
      listener.closedByServer();
    } catch (InterruptedIOException e) {
      sayGoodbye(transport);
    } catch (IOException e) {
      listener.closedByServer(); // a fatal alert, or a record that broke the association
    }
  }

  private static void sayGoodbye(DTLSTransport transport) {
    try {
      transport.close();
    } catch (IOException e) {
      // nobody is left to be told
    }
  }

  @Override
  public int getReceiveLimit() {
    return DATAGRAM_BYTES;
  }

  @Override
  public int getSendLimit() {
    return SEND_BYTES;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    try {
      byte[] datagram = incoming.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null) {
        return -1;
      }
      int bytes = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, bytes);
      return bytes;
    } catch (InterruptedException e) {
      throw new InterruptedIOException("closed");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }
}
