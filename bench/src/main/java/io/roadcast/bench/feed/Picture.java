package io.roadcast.bench.feed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A picture of the stream that is sent to both servers: no real video, but what a server looks at
 * is right.
 *
 * @param units NAL units
 * @param millis since the stream began
 */
public record Picture(List<byte[]> units, boolean keyframe, long millis) {
  static final int PER_SECOND = 25;

  /** Constrained Baseline, level 3.0, 640x360. */
  private static final byte[] SPS = HexFormat.of().parseHex("6742c01eda0280bfe540");

  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");
  private static final int KEYFRAME_EVERY = 100;
  private static final int KEYFRAME_SIZE = 4;
  private static final byte[] START_CODE = {0, 0, 0, 1};

  /** Picture {@code number} of a stream of that rate: a keyframe every 4 s, four times as long. */
  public static Picture of(long number, int bitsPerSecond) {
    boolean keyframe = number % KEYFRAME_EVERY == 0;
    int usual =
        (int)
            (bitsPerSecond
                / 8L
                / PER_SECOND
                * KEYFRAME_EVERY
                / (KEYFRAME_EVERY - 1 + KEYFRAME_SIZE));
    byte[] slice = new byte[keyframe ? KEYFRAME_SIZE * usual : usual];
    Arrays.fill(slice, (byte) 0x55);
    slice[0] = (byte) (keyframe ? 0x65 : 0x41);
    slice[1] = (byte) (keyframe ? 0x88 : 0x9a);
    return new Picture(
        keyframe ? List.of(SPS, PPS, slice) : List.of(slice), keyframe, number * 1000 / PER_SECOND);
  }

  public List<ByteBuffer> buffers() {
    return units.stream().map(ByteBuffer::wrap).toList();
  }

  ByteBuffer annexB() {
    int bytes = units.stream().mapToInt(unit -> START_CODE.length + unit.length).sum();
    ByteBuffer stream = ByteBuffer.allocate(bytes);
    units.forEach(unit -> stream.put(START_CODE).put(unit));
    return stream.flip();
  }
}
