package io.roadcast.media.audio;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

class SoundDecodersFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void adpcmTakesAnything(byte[] data) {
    AdpcmDecoder decoder = new AdpcmDecoder(0);
    AdpcmDecoderTest.Heard heard = new AdpcmDecoderTest.Heard();
    ByteBuffer rest = ByteBuffer.wrap(data);
    long stamp = 0;
    while (rest.hasRemaining()) {
      int length = Math.min(rest.get() & 0xff, rest.remaining());
      stamp += length * 100L;
      decoder.decode(rest.slice(rest.position(), length), stamp, heard);
      rest.position(rest.position() + length);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void framesAreFoundInAnything(byte[] data) {
    for (FrameHeader header : FrameHeader.values()) {
      FrameSplitter splitter = new FrameSplitter(header);
      int[] bytes = {0};
      int half = data.length / 2;
      splitter.split(ByteBuffer.wrap(data, 0, half), f -> bytes[0] += f.remaining(), () -> {});
      splitter.split(
          ByteBuffer.wrap(data, half, data.length - half),
          f -> bytes[0] += f.remaining(),
          () -> {});
      if (bytes[0] > data.length) {
        throw new IllegalStateException("more comes out than went in");
      }
      header.fits(ByteBuffer.wrap(data));
    }
  }
}
