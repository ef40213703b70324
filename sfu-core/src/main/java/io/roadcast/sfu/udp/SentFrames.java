package io.roadcast.sfu.udp;

/**
 * What a viewer was sent lately on one track: per block its serial number in the window, the number
 * of its first packet, its RTP time and when it left. Ciphertext is not kept.
 */
final class SentFrames {
  private static final int CAPACITY = 512;

  /** Sequence numbers beyond this distance are no repair of what was sent lately. */
  private static final int MAX_DISTANCE = 0x7fff;

  private final long[] serials = new long[CAPACITY];
  private final long[] firstSequences = new long[CAPACITY];
  private final int[] timestamps = new int[CAPACITY];
  private final long[] sentNanos = new long[CAPACITY];
  private long count;

  /**
   * @param firstSequence extended: it never wraps
   */
  void add(long serial, long firstSequence, int timestamp, long nowNanos) {
    int slot = (int) (count++ % CAPACITY);
    serials[slot] = serial;
    firstSequences[slot] = firstSequence;
    timestamps[slot] = timestamp;
    sentNanos[slot] = nowNanos;
  }

  /**
   * The extended number that was meant by 16 bits.
   *
   * @param nextSequence extended number of the packet that will be sent next
   * @return -1 if nothing like it was sent
   */
  static long extend(int sequence, long nextSequence) {
    int distance = (int) (nextSequence - 1 - sequence) & 0xffff;
    long extended = nextSequence - 1 - distance;
    return distance > MAX_DISTANCE || extended < 0 ? -1 : extended;
  }

  /** Where the block with that packet is noted, or -1 if it is forgotten. */
  int find(long sequence) {
    long oldest = Math.max(0, count - CAPACITY);
    long low = oldest;
    long high = count - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (firstSequences[(int) (middle % CAPACITY)] <= sequence) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    int slot = (int) (low % CAPACITY);
    return count > 0 && firstSequences[slot] <= sequence ? slot : -1;
  }

  long serial(int slot) {
    return serials[slot];
  }

  long firstSequence(int slot) {
    return firstSequences[slot];
  }

  int timestamp(int slot) {
    return timestamps[slot];
  }

  long sentNanos(int slot) {
    return sentNanos[slot];
  }
}
