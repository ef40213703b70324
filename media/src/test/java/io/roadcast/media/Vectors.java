package io.roadcast.media;

import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h265.H265NalType;
import io.roadcast.media.nal.AnnexB;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The elementary streams among the test resources; {@code vectors/README.md} says what they are.
 */
public final class Vectors {
  private Vectors() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stream's access units; each picture's first slice begins with first_mb 0 or its like. */
  public static List<List<ByteBuffer>> accessUnits(Codec codec, byte[] stream) throws Exception {
    List<List<ByteBuffer>> units = new ArrayList<>();
    List<ByteBuffer> current = new ArrayList<>();
    boolean hasPicture = false;
    for (ByteBuffer unit : AnnexB.split(ByteBuffer.wrap(stream))) {
      boolean picture = isPicture(codec, unit);
      boolean first = !picture || (unit.get(codec == Codec.H264 ? 1 : 2) & 0x80) != 0;
      if (hasPicture && first) {
        units.add(current);
        current = new ArrayList<>();
        hasPicture = false;
      }
      current.add(unit);
      hasPicture |= picture;
    }
    units.add(current);
    return units;
  }

  private static boolean isPicture(Codec codec, ByteBuffer unit) {
    return codec == Codec.H264
        ? H264NalType.of(unit).isPicture()
        : H265NalType.of(unit).isPicture();
  }
}
