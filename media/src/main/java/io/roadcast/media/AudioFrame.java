package io.roadcast.media;

import java.nio.ByteBuffer;

/**
 * One block of encoded sound as it came from its source, of any length.
 *
 * @param payload the coded samples, without any vendor header. Borrowed: valid only during the call
 *     that the frame is passed to
 * @param timeMicros time of the first sample on the publication's timeline, in microseconds; may
 *     repeat or lag (JT/T 1078 terminals stamp several blocks alike)
 * @param receivedNanos {@link System#nanoTime()} when the block's last byte came in
 */
public record AudioFrame(Codec codec, ByteBuffer payload, long timeMicros, long receivedNanos) {
  public AudioFrame {
    if (codec.medium() != Medium.AUDIO) {
      throw new IllegalArgumentException(codec + " is no audio");
    }
  }
}
