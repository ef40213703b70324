package io.roadcast.media.mp4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;

/** Fragments and headers that were cut off or damaged are refused, with nothing else thrown. */
class FragmentSamplesFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    try {
      FragmentSamples.of(ByteBuffer.wrap(bytes), 1);
    } catch (MalformedMediaException e) {
      // As it should.
    }
    try {
      CodecSetup.of(MovieHeader.parse(bytes));
    } catch (MalformedMediaException e) {
      // As it should.
    }
  }
}
