package io.roadcast.sfu.udp;

import java.util.Arrays;

/**
 * What a viewer was sent lately on one track: per block its serial number in the window, the number
 * of its first packet, its RTP time and when it left. Ciphertext is not kept.
 *
 * <p>It grows while it would forget a block that can still be sent again, so that the longest
 * replay can be repaired, and a viewer of short groups of pictures costs little.
 */
final class SentFrames {
  private static final int FIRST_CAPACITY = 64;
  private static final int MAX_CAPACITY = 1024;

  /** Sequence numbers beyond this distance are no repair of what was sent lately. */
  private static final int MAX_DISTANCE = 0x7fff;

  // Block number i of all that were sent is at slot(i); capacities are powers of two.
  private long[] serials = new long[FIRST_CAPACITY];
  private long[] firstSequences = new long[FIRST_CAPACITY];
  private int[] timestamps = new int[FIRST_CAPACITY];
  private long[] sentNanos = new long[FIRST_CAPACITY];
  private long count;
  private long oldest;

  /**
   * @param oldestSerial of the blocks that can still be sent again
   * @param firstSequence extended: it never wraps
   */
  void add(long serial, long oldestSerial, long firstSequence, int timestamp, long nowNanos) {
    if (count - oldest == serials.length) {
      if (serials[slot(oldest)] >= oldestSerial && serials.length < MAX_CAPACITY) {
        grow();
      } else {
        oldest++;
      }
    }
    int slot = slot(count++);
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
    long low = oldest;
    long high = count - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (firstSequences[slot(middle)] <= sequence) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    int slot = slot(low);
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

  private int slot(long number) {
    return (int) (number & (serials.length - 1));
  }

  /** To twice the capacity; what is there keeps its order. */
  private void grow() {
    int length = serials.length;
    int turned = slot(oldest);
    serials = unwrapped(serials, turned);
    firstSequences = unwrapped(firstSequences, turned);
    sentNanos = unwrapped(sentNanos, turned);
    int[] times = Arrays.copyOfRange(timestamps, turned, turned + 2 * length);
    System.arraycopy(timestamps, 0, times, length - turned, turned);
    timestamps = times;
    count -= oldest;
    oldest = 0;
  }

  private static long[] unwrapped(long[] ring, int first) {
    long[] larger = Arrays.copyOfRange(ring, first, first + 2 * ring.length);
    System.arraycopy(ring, 0, larger, ring.length - first, first);
    return larger;
  }
}
