package io.roadcast.media.h265;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import java.nio.ByteBuffer;

class H265SpsFuzzTest {
  @FuzzTest
  void readsAnything(byte[] data) {
    try {
      VideoFormat format = H265Sps.parse(ByteBuffer.wrap(data)).format();
      if (format.width() < 1 || format.height() < 1) {
        throw new IllegalStateException(format.toString());
      }
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
  }
}
