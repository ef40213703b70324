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
      MovieHeader header = MovieHeader.parse(bytes);
      header.withStart(Map.of(1, 1L), 1);
      SampleDescriptions.add(header, header, 1);
    } catch (MalformedMediaException e) {
      // As it should.
    }
    try {
      SampleDescriptions.use(bytes, 1, 2);
    } catch (MalformedMediaException e) {
      // As it should.
    }
  }
}
