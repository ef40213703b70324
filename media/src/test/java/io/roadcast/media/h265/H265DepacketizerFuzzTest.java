package io.roadcast.media.h265;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AccessUnit;
import java.nio.ByteBuffer;

class H265DepacketizerFuzzTest {
  /** The data is a list of payloads, each behind one byte of length; length 0 is a loss. */
  @FuzzTest
  void joinsAnything(byte[] data) {
    H265Depacketizer depacketizer = new H265Depacketizer();
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
