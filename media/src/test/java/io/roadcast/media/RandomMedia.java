package io.roadcast.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** NAL units of random bytes and sizes, for everything that only carries them. */
public final class RandomMedia {
  private RandomMedia() {}

  /** A NAL unit whose header is {@code header} and that holds no start code. */
  public static ByteBuffer nalUnit(Random random, int bytes, int... header) {
    byte[] unit = new byte[bytes];
    random.nextBytes(unit);
    for (int i = 0; i < unit.length; i++) {
      unit[i] = unit[i] == 0 ? 1 : unit[i];
    }
    for (int i = 0; i < Math.min(header.length, bytes); i++) {
      unit[i] = (byte) header[i];
    }
    return ByteBuffer.wrap(unit);
  }

  /** Sizes that lie around the limits of packets, then random ones up to 64 KiB. */
  public static List<Integer> sizes(Random random, int smallest, int count) {
    List<Integer> sizes = new ArrayList<>();
    for (int near : new int[] {1150, 2 * 1148, 2 * 1147, 10 * 1148, 1 << 16}) {
      for (int size = near - 4; size <= near + 4; size++) {
        sizes.add(size);
      }
    }
    for (int size = smallest; size < 8; size++) {
      sizes.add(size);
    }
    for (int i = 0; i < count; i++) {
      sizes.add(smallest + random.nextInt(1 << (1 + random.nextInt(16))));
    }
    return sizes;
  }
}
