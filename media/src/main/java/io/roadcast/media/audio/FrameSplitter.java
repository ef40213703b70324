package io.roadcast.media.audio;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the frames in bytes that come in pieces of any length. What looked like a frame's beginning
 * is given up for a piece that is whole frames by itself: a false header may claim the sound of
 * seconds. One thread at a time.
 */
public final class FrameSplitter {
  private static final int MAX_KEPT_BYTES = 16 * 1024;

  private final FrameHeader header;
  private byte[] kept = {};

  public FrameSplitter(FrameHeader header) {
    this.header = header;
  }

  /**
   * Hands out every frame that is complete now.
   *
   * @param piece borrowed, not changed
   * @param frames gets each frame, borrowed for the call
   * @param damaged is run once for each place where bytes had to be left out
   */
  public void split(ByteBuffer piece, Consumer<ByteBuffer> frames, Runnable damaged) {
    ByteBuffer all = join(piece);
    if (kept.length > 0 && header.fits(piece) && !header.fits(all)) {
      damaged.run();
      kept = new byte[0];
      all = join(piece);
    }
    int at = 0;
    boolean inStep = true;
    while (at < all.limit()) {
      int left = all.limit() - at;
      int length = header.length(all, at, left);
      if (length == FrameHeader.NONE) {
        if (inStep) {
          damaged.run();
        }
        inStep = false;
        at++;
      } else if (length == FrameHeader.UNKNOWN || length > left) {
        break;
      } else {
        inStep = true;
        frames.accept(all.slice(at, length));
        at += length;
      }
    }
    int rest = all.limit() - at;
    kept = rest > MAX_KEPT_BYTES ? new byte[0] : Arrays.copyOfRange(all.array(), at, all.limit());
  }

  private ByteBuffer join(ByteBuffer piece) {
    ByteBuffer all = ByteBuffer.allocate(kept.length + piece.remaining());
    return all.put(kept).put(piece.duplicate()).flip();
  }
}
