package io.roadcast.sfu.srtp;

import java.util.Arrays;

/**
 * The 48-bit packet index of each SSRC we send on: roll-over counter and sequence number (RFC 3711
 * 3.3.1). A peer has a handful of SSRCs, so they are searched one by one.
 */
final class PacketIndexes {
  private int[] ssrcs = new int[4];
  private long[] last = new long[4];
  private int count;

  /**
   * The index of the next packet.
   *
   * @throws IllegalStateException if the number does not rise by less than 2^15
   */
  long next(int ssrc, int sequenceNumber) {
    for (int i = 0; i < count; i++) {
      if (ssrcs[i] == ssrc) {
        int step = (sequenceNumber - (int) last[i]) & 0xffff;
        if (step == 0 || step >= 0x8000) {
          throw new IllegalStateException(
              "sequence number %d after %d".formatted(sequenceNumber, last[i] & 0xffff));
        }
        last[i] += step;
        return last[i];
      }
    }
    if (count == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, 2 * count);
      last = Arrays.copyOf(last, 2 * count);
    }
    ssrcs[count] = ssrc;
    last[count] = sequenceNumber;
    return last[count++];
  }
}
