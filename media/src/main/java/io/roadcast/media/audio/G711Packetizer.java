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
 * RtpBlock} each, with the times of a {@link BlockClock}. Used by one thread at a time.
 */
public final class G711Packetizer {
  private static final int BLOCK_BYTES = 160;
  private static final long SAMPLE_MICROS = 125;

  private final Codec codec;
  private final RtpBlockWriter writer;
  private final ByteBuffer rest = ByteBuffer.allocate(BLOCK_BYTES);
  private final BlockClock clock = new BlockClock();

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
    if (clock.follow(frame.timeMicros(), rest.position() * SAMPLE_MICROS)
        == BlockClock.Continuity.GAP) {
      rest.clear();
    }
    while (rest.position() + samples.remaining() >= BLOCK_BYTES) {
      int count = rest.remaining();
      rest.put(samples.slice(samples.position(), count));
      samples.position(samples.position() + count);
      finishBlock(frame.receivedNanos(), out);
    }
    rest.put(samples);
  }

  private void finishBlock(long receivedNanos, Consumer<RtpBlock> out) {
    rest.flip();
    if (clock.wantsBlock()) {
      out.accept(block(receivedNanos));
    }
    clock.nextBlock();
    rest.clear();
  }

  private RtpBlock block(long receivedNanos) {
    try {
      writer.put(rest, 0, BLOCK_BYTES);
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("160 bytes are more than a block can hold", e);
    }
    writer.endPacket();
    return writer.finish(codec, false, clock.timeMicros(), receivedNanos);
  }
}
