package io.roadcast.sfu.webrtc;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a DTLS association, on a virtual thread that lives as long as the
 * association: handshake, then waiting for the other end's close_notify.
 */
public final class DtlsCaller implements DtlsAssociation {
  private static final int MAX_WAITING_DATAGRAMS = 32;

  /** The protocol engine goes on waiting when it has read a close_notify. */
  private static final int IDLE_WAIT_MILLIS = 500;

  private final DtlsCallerSide side;
  private final DtlsListener listener;
  private final DatagramQueue datagrams;
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  private DtlsCaller(DtlsCallerSide side, Consumer<byte[]> output, DtlsListener listener) {
    this.side = side;
    this.listener = listener;
    this.datagrams = new DatagramQueue(MAX_WAITING_DATAGRAMS, output, datagram -> datagram.length);
  }

  /**
   * Begins the handshake.
   *
   * @param certificate ours
   * @param peer hash of the certificate that the other end announced
   * @param output sends a datagram to the peer; called on virtual threads, owns the array
   */
  public static DtlsCaller call(
      DtlsCertificate certificate,
      Fingerprint peer,
      Consumer<byte[]> output,
      DtlsListener listener) {
    DtlsCaller caller = new DtlsCaller(new DtlsCallerSide(certificate, peer), output, listener);
    Thread calling = Thread.ofVirtual().name("dtls-call").unstarted(caller::run);
    caller.thread = calling;
    calling.start();
    return caller;
  }

  @Override
  public void receive(byte[] datagram) {
    datagrams.offer(datagram); // DTLS repeats what is dropped
  }

  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    DTLSTransport transport;
    try {
      transport = new DTLSClientProtocol().connect(side, datagrams);
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        listener.failed(side.outcome().failure(e), String.valueOf(e.getMessage()));
      }
      return;
    }
    listener.established(Objects.requireNonNull(side.outcome().keys()));
    readUntilClosed(transport);
  }

  private void readUntilClosed(DTLSTransport transport) {
    byte[] buffer = new byte[DatagramQueue.RECEIVE_LIMIT];
    try {
      while (!closed && !side.outcome().closed()) {
        transport.receive(buffer, 0, buffer.length, IDLE_WAIT_MILLIS);
      }
    } catch (IOException e) {
      // an interruption, a fatal alert, or a record that broke the association
    }
    if (closed) {
      sayGoodbye(transport);
    } else {
      listener.closedByPeer();
    }
  }

  private static void sayGoodbye(DTLSTransport transport) {
    try {
      transport.close();
    } catch (IOException e) {
      // the peer will notice that nobody is there
    }
  }
}
