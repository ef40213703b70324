package io.roadcast.sfu.router;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Sound in a codec that no viewer takes: a block holds one frame as its source sent it, and the
 * frame's stamp. Used by the thread that feeds the publication.
 */
final class WholeFrames {
  private static final int MAX_FRAME_BYTES = 64 * 1024;

  private final RtpBlockWriter writer;

  WholeFrames(RtpBlockPool pool) {
    this.writer = new RtpBlockWriter(pool);
  }

  /** Longer frames than any codec makes are left out. */
  void accept(AudioFrame frame, Consumer<RtpBlock> out) {
    ByteBuffer bytes = frame.payload();
    if (!bytes.hasRemaining() || bytes.remaining() > MAX_FRAME_BYTES) {
      return;
    }
    try {
      int at = bytes.position();
      while (at < bytes.limit()) {
        int count = Math.min(bytes.limit() - at, RtpBlockWriter.MAX_PAYLOAD_BYTES);
        writer.put(bytes, at, count);
        writer.endPacket();
        at += count;
      }
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("64 KiB are more than a block can hold", e);
    }
    out.accept(writer.finish(frame.codec(), false, frame.timeMicros(), frame.receivedNanos()));
  }
}
