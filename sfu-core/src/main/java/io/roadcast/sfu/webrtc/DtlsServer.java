package io.roadcast.sfu.webrtc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Makes the DTLS endpoints of all viewers and bounds how many handshakes run at a time. Any thread.
 *
 * <p>A ClientHello beyond the bound is dropped and counted; the client repeats it by itself.
 */
public final class DtlsServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final DtlsCertificate certificate;
  private final Duration timeout;
  private final int maxHandshakes;
  private final Semaphore free;
  private final LongAdder refused = new LongAdder();

  /**
   * Handshakes may take 15 s.
   *
   * @param maxHandshakes how many may run at a time
   */
  public DtlsServer(DtlsCertificate certificate, int maxHandshakes) {
    this(certificate, maxHandshakes, TIMEOUT);
  }

  DtlsServer(DtlsCertificate certificate, int maxHandshakes, Duration timeout) {
    this.certificate = certificate;
    this.timeout = timeout;
    this.maxHandshakes = maxHandshakes;
    this.free = new Semaphore(maxHandshakes);
  }

  /** Our certificate, whose hash the answers carry. */
  public DtlsCertificate certificate() {
    return certificate;
  }

  /**
   * Waits for one viewer's handshake.
   *
   * @param peer hash of the certificate that its offer announced
   * @param output sends a datagram to the viewer's current address; called on virtual threads, owns
   *     the array
   */
  public DtlsEndpoint endpoint(Fingerprint peer, Consumer<byte[]> output, DtlsListener listener) {
    DtlsPeer side = new DtlsPeer(certificate, peer, Math.toIntExact(timeout.toMillis()));
    return new DtlsEndpoint(this, side, output, listener);
  }

  /** Handshakes that run now. */
  public int runningHandshakes() {
    return maxHandshakes - free.availablePermits();
  }

  /** ClientHellos that were dropped because too many handshakes were running. */
  public long refusedHandshakes() {
    return refused.sum();
  }

  boolean tryBegin() {
    boolean begun = free.tryAcquire();
    if (!begun) {
      refused.increment();
    }
    return begun;
  }

  void ended() {
    free.release();
  }
}
