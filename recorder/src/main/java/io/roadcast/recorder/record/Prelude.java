package io.roadcast.recorder.record;

import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The first blocks of a stream, held until it is known whether it has sound: a file's tracks are
 * named in its header. That is so when sound comes, or half a second of pictures has come without.
 * One thread at a time.
 */
final class Prelude implements AutoCloseable {
  private static final long PATIENCE_MICROS = 500_000;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final List<RtpBlock> blocks = new ArrayList<>();
  private boolean over;
  private long beganNanos;

  /**
   * Whether a block must wait; then it is retained.
   *
   * @param block borrowed for the call
   */
  boolean holds(RtpBlock block) {
    boolean video = block.codec().medium() == Medium.VIDEO;
    if (over || (blocks.isEmpty() && video && !block.keyframe())) {
      return false;
    }
    if (blocks.isEmpty()) {
      beganNanos = System.nanoTime();
    }
    boolean waited =
        !blocks.isEmpty() && block.timeMicros() - blocks.getFirst().timeMicros() >= PATIENCE_MICROS;
    over = !video || waited;
    if (!over) {
      blocks.add(block.retain());
    }
    return !over;
  }

  /** Whether nothing came for so long that it is not waited for any more. */
  boolean stale(long nowNanos) {
    return !blocks.isEmpty() && nowNanos - beganNanos > PATIENCE_NANOS;
  }

  /** What was held, in its order, to be released by the caller; nothing is held any more. */
  List<RtpBlock> end() {
    over = true;
    List<RtpBlock> held = List.copyOf(blocks);
    blocks.clear();
    return held;
  }

  @Override
  public void close() {
    end().forEach(RtpBlock::release);
  }
}
