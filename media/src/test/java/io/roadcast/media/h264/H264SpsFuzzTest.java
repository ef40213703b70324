package io.roadcast.media.h264;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import java.nio.ByteBuffer;

class H264SpsFuzzTest {
  @FuzzTest
  void readsAnything(byte[] data) {
    try {
      H264SliceType.of(ByteBuffer.wrap(data));
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
    try {
      VideoFormat format = H264Sps.parse(ByteBuffer.wrap(data)).format(true);
      if (format.width() < 1 || format.height() < 1 || format.profileLevelId().length() != 6) {
        throw new IllegalStateException(format.toString());
      }
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
  }
}
