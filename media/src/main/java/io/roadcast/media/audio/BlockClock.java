package io.roadcast.media.audio;

/**
 * The times of sound that is cut into blocks of 20 ms. The time of a block is that of its samples:
 * 20 ms after the block before, whatever the frames' stamps are, because a receiver takes a time
 * that is off by one sample for lost or late sound.
 *
 * <p>Stamps are only followed when they leave the samples' time for good. Terminals stamp late,
 * never early, so the latest stamp of each second is what counts: is it more than 30 ms ahead, time
 * skips 20 ms; is it more than 30 ms behind, 20 ms of sound are left out (once a second at most,
 * RTP time never runs back). A stamp that is more than 250 ms ahead is a gap in the sound, and time
 * goes there at once. Used by one thread at a time.
 */
public final class BlockClock {
  /** Length of a block in microseconds. */
  public static final long BLOCK_MICROS = 20_000;

  private static final long GAP_MICROS = 250_000;
  private static final long TOLERANCE_MICROS = 30_000;

  /** Sound that is further ahead of its stamps than this cannot be mended by leaving some out. */
  private static final long MAX_LEAD_MICROS = 2_000_000;

  private static final int BLOCKS_PER_ESTIMATE = 50;

  private boolean anchored;
  private long blockMicros;
  private long largestLead = Long.MIN_VALUE;
  private int blocksOfEstimate;
  private boolean leaveOut;

  /** What a stamp says of the samples that wait for their block to be full. */
  public enum Continuity {
    CONTINUOUS,
    /** They do not belong to what comes now, which begins a block. */
    GAP
  }

  /**
   * Compares the stamp of a frame's first sample with the time that the samples say it has.
   *
   * @param stampMicros as the frame says
   * @param waitingMicros how much sound waits since the last whole block
   */
  public Continuity follow(long stampMicros, long waitingMicros) {
    long lead = stampMicros - (blockMicros + waitingMicros);
    if (!anchored || lead > GAP_MICROS) {
      anchored = true;
      blockMicros = stampMicros;
      startEstimate();
      return Continuity.GAP;
    }
    largestLead = Math.max(largestLead, lead);
    return Continuity.CONTINUOUS;
  }

  /** Whether the block that is full now is to be sent; it has the time {@link #timeMicros()}. */
  public boolean wantsBlock() {
    return !leaveOut;
  }

  /** Time of the block that is being filled. */
  public long timeMicros() {
    return blockMicros;
  }

  /** The block was sent or left out; the next one begins. */
  public void nextBlock() {
    if (!leaveOut) {
      blockMicros += BLOCK_MICROS;
    }
    leaveOut = false;
    blocksOfEstimate++;
    if (blocksOfEstimate >= BLOCKS_PER_ESTIMATE && largestLead != Long.MIN_VALUE) {
      if (largestLead > TOLERANCE_MICROS) {
        blockMicros += BLOCK_MICROS;
      } else if (largestLead < -TOLERANCE_MICROS && largestLead > -MAX_LEAD_MICROS) {
        leaveOut = true;
      }
      startEstimate();
    }
  }

  private void startEstimate() {
    largestLead = Long.MIN_VALUE;
    blocksOfEstimate = 0;
  }
}
