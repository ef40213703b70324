package io.roadcast.media.mp4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Files that were cut off or damaged are refused, with nothing else thrown. */
class MovieFragmentFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    try {
      MovieFragment.parse(ByteBuffer.wrap(bytes));
    } catch (MalformedMediaException e) {
      // As it should.
    }
    try {
      MovieHeader.parse(bytes).withStart(Map.of(1, 1L), 1);
    } catch (MalformedMediaException e) {
      // As it should.
    }
  }
}
