package io.roadcast.sfu.udp;

import org.jspecify.annotations.Nullable;

/**
 * One worker's viewers by their proved addresses: open addressing over plain numbers, so that a
 * received datagram is looked up without making an object.
 */
final class PeerTable {
  private static final int FIRST_CAPACITY = 64;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];
  private int[] ports = new int[FIRST_CAPACITY];
  private @Nullable Viewer[] viewers = new @Nullable Viewer[FIRST_CAPACITY];
  private int size;

  @Nullable Viewer get(long addressHigh, long addressLow, int port) {
    return viewers[slot(addressHigh, addressLow, port)];
  }

  /** An address belongs to whoever proved it last. */
  void put(PeerAddress address, Viewer viewer) {
    if (2 * (size + 1) > viewers.length) {
      grow();
    }
    int slot = slot(address.high(), address.low(), address.port());
    if (viewers[slot] == null) {
      size++;
    }
    set(slot, address.high(), address.low(), address.port(), viewer);
  }

  /** Forgets the address if it is this viewer's. */
  void remove(PeerAddress address, Viewer viewer) {
    int slot = slot(address.high(), address.low(), address.port());
    if (viewers[slot] != viewer) {
      return;
    }
    viewers[slot] = null;
    size--;
    closeGap(slot);
  }

  int size() {
    return size;
  }

  /** Where that address is, or the empty place where it would be. */
  private int slot(long addressHigh, long addressLow, int port) {
    int mask = viewers.length - 1;
    int slot = PeerAddress.hash(addressHigh, addressLow, port) & mask;
    while (viewers[slot] != null
        && (low[slot] != addressLow || ports[slot] != port || high[slot] != addressHigh)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** What stood behind a removed entry because of it moves up. */
  private void closeGap(int removed) {
    int mask = viewers.length - 1;
    int slot = (removed + 1) & mask;
    for (Viewer viewer = viewers[slot]; viewer != null; viewer = viewers[slot]) {
      viewers[slot] = null;
      set(slot(high[slot], low[slot], ports[slot]), high[slot], low[slot], ports[slot], viewer);
      slot = (slot + 1) & mask;
    }
  }

  private void set(int slot, long addressHigh, long addressLow, int port, Viewer viewer) {
    high[slot] = addressHigh;
    low[slot] = addressLow;
    ports[slot] = port;
    viewers[slot] = viewer;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldPorts = ports;
    @Nullable Viewer[] oldViewers = viewers;
    int capacity = 2 * oldViewers.length;
    high = new long[capacity];
    low = new long[capacity];
    ports = new int[capacity];
    viewers = new @Nullable Viewer[capacity];
    for (int i = 0; i < oldViewers.length; i++) {
      Viewer viewer = oldViewers[i];
      if (viewer != null) {
        set(slot(oldHigh[i], oldLow[i], oldPorts[i]), oldHigh[i], oldLow[i], oldPorts[i], viewer);
      }
    }
  }
}
