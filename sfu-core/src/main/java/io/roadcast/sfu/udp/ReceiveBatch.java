package io.roadcast.sfu.udp;

/** Received datagrams with their senders as numbers; filled by a port, read by its worker. */
public final class ReceiveBatch {
  /** Longer datagrams are cut: nothing that a viewer sends is longer than a network's packet. */
  public static final int SLOT_BYTES = 2048;

  private final byte[] bytes;
  private final int[] lengths;
  private final long[] high;
  private final long[] low;
  private final int[] ports;
  private int count;

  public ReceiveBatch(int capacity) {
    bytes = new byte[capacity * SLOT_BYTES];
    lengths = new int[capacity];
    high = new long[capacity];
    low = new long[capacity];
    ports = new int[capacity];
  }

  public int capacity() {
    return lengths.length;
  }

  public int count() {
    return count;
  }

  public boolean isFull() {
    return count == lengths.length;
  }

  /** All datagrams; number {@code i} begins at {@link #offset(int)}. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset(int datagram) {
    return datagram * SLOT_BYTES;
  }

  public int length(int datagram) {
    return lengths[datagram];
  }

  long high(int datagram) {
    return high[datagram];
  }

  long low(int datagram) {
    return low[datagram];
  }

  int port(int datagram) {
    return ports[datagram];
  }

  /** The sender as an object, for the rare cases that need one. */
  public PeerAddress address(int datagram) {
    return new PeerAddress(high[datagram], low[datagram], ports[datagram]);
  }

  /** For ports: the datagram whose bytes were put at {@code offset(count())} is complete. */
  public void add(int length, long addressHigh, long addressLow, int port) {
    lengths[count] = length;
    high[count] = addressHigh;
    low[count] = addressLow;
    ports[count] = port;
    count++;
  }

  public void clear() {
    count = 0;
  }
}
