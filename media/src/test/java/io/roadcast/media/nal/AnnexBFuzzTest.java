package io.roadcast.media.nal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.List;

class AnnexBFuzzTest {
  @FuzzTest
  void splitsAnything(byte[] data) {
    try {
      List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(data));
      if (!AnnexB.split(AnnexB.join(units)).equals(units)) {
        throw new IllegalStateException("units changed");
      }
      AnnexB.splitOrWhole(ByteBuffer.wrap(data));
      for (ByteBuffer unit : units) {
        RbspReader.unescape(unit, 1);
      }
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
  }
}
