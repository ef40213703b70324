package io.roadcast.sfu.webrtc;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.bouncycastle.tls.DatagramTransport;

/** Datagrams between the threads that receive them and the virtual thread that reads them. */
final class DatagramQueue implements DatagramTransport {
  /** Fits any path that media fits. */
  static final int SEND_LIMIT = 1200;

  static final int RECEIVE_LIMIT = 2048;

  private final BlockingQueue<byte[]> waiting;
  private final Consumer<byte[]> output;
  private final ToIntFunction<byte[]> passing;

  // Of the reading thread: what was sent since the peer said anything, and when it was.
  private final List<byte[]> flight = new ArrayList<>();
  private boolean answered = true;
  private long sentNanos;
  private long roundTripNanos = Long.MAX_VALUE;

  /** For a server's end. */
  DatagramQueue(int capacity, Consumer<byte[]> output) {
    this(capacity, output, new CipherChangeGate()::passing);
  }

  /**
   * @param passing how many bytes of a datagram are to be read
   */
  DatagramQueue(int capacity, Consumer<byte[]> output, ToIntFunction<byte[]> passing) {
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.output = output;
    this.passing = passing;
  }

  /** Appends a datagram, or gives false if the queue is full. Never blocks for long. */
  boolean offer(byte[] datagram) {
    return waiting.offer(datagram);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis)
      throws InterruptedIOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    try {
      while (true) {
        byte[] datagram = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (datagram == null) {
          return -1;
        }
        int count = Math.min(length, passing.applyAsInt(datagram));
        if (count > 0) {
          noteAnswer();
          System.arraycopy(datagram, 0, buffer, offset, count);
          return count;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed while waiting for the peer");
    }
  }

  private void noteAnswer() {
    if (!answered) {
      answered = true;
      roundTripNanos = Math.min(roundTripNanos, System.nanoTime() - sentNanos);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (answered) {
      flight.clear();
      answered = false;
    }
    sentNanos = System.nanoTime();
    flight.add(Arrays.copyOfRange(buffer, offset, offset + length));
    output.accept(flight.getLast().clone());
  }

  /**
   * The shortest time until the peer answered a flight, its own work included; {@link
   * Long#MAX_VALUE} if it answered none. The reading thread's.
   */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Sends our last flight again, byte for byte. The reading thread's. */
  void repeatFlight() {
    flight.forEach(datagram -> output.accept(datagram.clone()));
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
