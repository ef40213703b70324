package io.roadcast.media.audio;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts G.711 blocks of any length into packets of 20 ms (RFC 3551, section 4.5.14), one {@link
 * RtpBlock} each. Used by one thread at a time.
 *
 * <p>The time of a block is that of its samples: 20 ms after the block before, whatever the frames'
 * stamps are, because a receiver takes a time that is off by one sample for lost or late sound.
 * Stamps are only followed when they leave the samples' time for good. Terminals stamp late, never
 * early, so the latest stamp of each second is what counts: is it more than 30 ms ahead, time skips
 * 20 ms; is it more than 30 ms behind, 20 ms of sound are left out (once a second at most, RTP time
 * never runs back). A stamp that is more than 250 ms ahead is a gap in the sound, and time goes
 * there at once.
 */
public final class G711Packetizer {
  private static final int BLOCK_BYTES = 160;
  private static final long BLOCK_MICROS = 20_000;
  private static final long SAMPLE_MICROS = 125;
  private static final long GAP_MICROS = 250_000;
  private static final long TOLERANCE_MICROS = 30_000;

  /** Sound that is further ahead of its stamps than this cannot be mended by leaving some out. */
  private static final long MAX_LEAD_MICROS = 2_000_000;

  private static final int BLOCKS_PER_ESTIMATE = 50;

  private final Codec codec;
  private final RtpBlockWriter writer;
  private final ByteBuffer rest = ByteBuffer.allocate(BLOCK_BYTES);
  private boolean anchored;
  private long blockMicros;
  private long largestLead = Long.MIN_VALUE;
  private int blocksOfEstimate;
  private boolean leaveOut;

  /**
   * @param codec PCMA or PCMU
   * @param pool where the blocks' memory comes from
   */
  public G711Packetizer(Codec codec, RtpBlockPool pool) {
    if (codec != Codec.PCMA && codec != Codec.PCMU) {
      throw new IllegalArgumentException(codec + " is not G.711");
    }
    this.codec = codec;
    this.writer = new RtpBlockWriter(pool);
  }

  /**
   * Hands out every block that the frame completes. Samples that fill no block wait for the next
   * frame.
   *
   * @param frame borrowed for the call, not changed
   * @param out gets each block with its one reference
   * @throws IllegalArgumentException if the frame is of another codec
   */
  public void accept(AudioFrame frame, Consumer<RtpBlock> out) {
    if (frame.codec() != codec) {
      throw new IllegalArgumentException(frame.codec() + " on a track of " + codec);
    }
    ByteBuffer samples = frame.payload().duplicate();
    if (!samples.hasRemaining()) {
      return;
    }
    follow(frame.timeMicros());
    while (rest.position() + samples.remaining() >= BLOCK_BYTES) {
      int count = rest.remaining();
      rest.put(samples.slice(samples.position(), count));
      samples.position(samples.position() + count);
      finishBlock(frame.receivedNanos(), out);
    }
    rest.put(samples);
  }

  /** Compares the stamp of a frame's first sample with the time that the samples say it has. */
  private void follow(long stampMicros) {
    long expected = blockMicros + rest.position() * SAMPLE_MICROS;
    long lead = stampMicros - expected;
    if (!anchored || lead > GAP_MICROS) {
      anchored = true;
      rest.clear();
      blockMicros = stampMicros;
      startEstimate();
    } else {
      largestLead = Math.max(largestLead, lead);
    }
  }

  private void finishBlock(long receivedNanos, Consumer<RtpBlock> out) {
    rest.flip();
    boolean send = !leaveOut;
    leaveOut = false;
    if (send) {
      out.accept(block(receivedNanos));
      blockMicros += BLOCK_MICROS;
    }
    rest.clear();
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

  private RtpBlock block(long receivedNanos) {
    try {
      writer.put(rest, 0, BLOCK_BYTES);
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("160 bytes are more than a block can hold", e);
    }
    writer.endPacket();
    return writer.finish(codec, false, blockMicros, receivedNanos);
  }
}
