package io.roadcast.sfu.webrtc;

import java.io.InterruptedIOException;
import java.util.Arrays;
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
          System.arraycopy(datagram, 0, buffer, offset, count);
          return count;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed while waiting for the peer");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
