package io.roadcast.media.rtp;

/**
 * Turns the 16-bit sequence numbers of one SSRC into numbers that do not wrap. Late packets get
 * their place before the newest one. Used by one thread at a time.
 */
public final class SequenceUnwrapper {
  private boolean started;
  private long newest;

  /**
   * The first number becomes 65536 + itself, so that earlier packets that come later stay positive.
   */
  public long unwrap(int sequence) {
    if (!started) {
      started = true;
      newest = SequenceNumber.COUNT + (sequence & 0xFFFF);
      return newest;
    }
    long number = SequenceNumber.unwrap(sequence, newest);
    newest = Math.max(newest, number);
    return number;
  }
}
