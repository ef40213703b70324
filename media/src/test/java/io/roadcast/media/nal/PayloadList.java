package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;

/**
 * Payloads of a fuzz test.
 *
 * @param data each payload stands behind one byte of length; length 0 is a loss
 */
public record PayloadList(byte[] data) {
  /** Any payloads make NAL units that are not empty, or are refused as malformed. */
  public void join(NalDepacketizer depacketizer) {
    ByteBuffer rest = ByteBuffer.wrap(data);
    while (rest.hasRemaining()) {
      int length = Math.min(rest.get() & 0xFF, rest.remaining());
      if (length == 0) {
        depacketizer.lost();
        continue;
      }
      try {
        depacketizer.accept(rest.slice(rest.position(), length));
      } catch (MalformedMediaException e) {
        // Expected of malformed input.
      }
      rest.position(rest.position() + length);
    }
    AccessUnit unit = depacketizer.take();
    if (unit.nalUnits().stream().anyMatch(nal -> !nal.hasRemaining())) {
      throw new IllegalStateException("an empty NAL unit");
    }
  }
}
