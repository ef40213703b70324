package io.roadcast.jtt.jt1078;

import java.util.Arrays;

/**
 * Finds missing packets by their sequence numbers. A terminal counts all packets of a connection
 * with one counter; one that counts each channel by itself is understood too.
 */
public final class SequenceTracker {
  private static final int NONE = -1;

  private final int[] lastOfChannel = new int[256];
  private int last = NONE;

  public SequenceTracker() {
    Arrays.fill(lastOfChannel, NONE);
  }

  /**
   * Notes a packet.
   *
   * @return how many packets are missing before it; 0 when it is in order; {@link #RESTARTED} when
   *     the numbers run back
   */
  public int missingBefore(Jt1078Packet packet) {
    int sequence = packet.sequence();
    int channel = packet.channel();
    boolean inOrder = last == NONE || follows(last, sequence);
    boolean inOrderOfChannel =
        lastOfChannel[channel] != NONE && follows(lastOfChannel[channel], sequence);
    int ahead = sequence - last - 1 & 0xffff;
    last = sequence;
    lastOfChannel[channel] = sequence;
    if (inOrder || inOrderOfChannel) {
      return 0;
    }
    return ahead < 0x8000 ? ahead : RESTARTED;
  }

  /** The terminal began to count anew. */
  public static final int RESTARTED = -1;

  private static boolean follows(int last, int sequence) {
    return sequence == (last + 1 & 0xffff);
  }
}
