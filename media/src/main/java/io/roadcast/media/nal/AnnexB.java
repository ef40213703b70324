package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The byte stream format of ITU-T H.264 and H.265, Annex B: NAL units behind start codes. */
public final class AnnexB {
  /** More NAL units than any picture of a supported level has; a longer list is an attack. */
  public static final int MAX_NAL_UNITS = 2048;

  private AnnexB() {}

  /**
   * Finds the NAL units behind start codes of 3 or 4 bytes, without the zeros that trail them.
   * Bytes before the first start code are skipped, empty NAL units are left out.
   *
   * @param bytes read from position to limit; neither is changed
   * @return views of {@code bytes}, which stay its owner's; empty if there is no start code
   * @throws MalformedMediaException on more than {@link #MAX_NAL_UNITS}
   */
  public static List<ByteBuffer> split(ByteBuffer bytes) throws MalformedMediaException {
    return split(bytes, MAX_NAL_UNITS);
  }

  /**
   * The same for a stream of many pictures.
   *
   * @param most how many NAL units it may have
   */
  public static List<ByteBuffer> split(ByteBuffer bytes, int most) throws MalformedMediaException {
    List<ByteBuffer> units = new ArrayList<>(8);
    int limit = bytes.limit();
    int code = startCode(bytes, bytes.position(), limit);
    while (code < limit) {
      int start = code + 3;
      code = startCode(bytes, start, limit);
      add(units, bytes, start, code, most);
    }
    return units;
  }

  /** As {@link #split}, but bytes without any start code are one NAL unit. */
  public static List<ByteBuffer> splitOrWhole(ByteBuffer bytes) throws MalformedMediaException {
    if (startCode(bytes, bytes.position(), bytes.limit()) < bytes.limit()) {
      return split(bytes);
    }
    List<ByteBuffer> units = new ArrayList<>(1);
    add(units, bytes, bytes.position(), bytes.limit(), MAX_NAL_UNITS);
    return units;
  }

  /** Copies NAL units behind start codes of 4 bytes, ready to be read. */
  public static ByteBuffer join(List<ByteBuffer> nalUnits) {
    int length = nalUnits.stream().mapToInt(unit -> 4 + unit.remaining()).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (ByteBuffer unit : nalUnits) {
      joined.putInt(1).put(unit.duplicate());
    }
    return joined.flip();
  }

  private static void add(List<ByteBuffer> units, ByteBuffer bytes, int start, int end, int most)
      throws MalformedMediaException {
    int last = end;
    while (last > start && bytes.get(last - 1) == 0) {
      last--;
    }
    if (last == start) {
      return;
    }
    if (units.size() == most) {
      throw new MalformedMediaException("more than " + most + " NAL units");
    }
    units.add(bytes.slice(start, last - start));
  }

  /** Where 00 00 01 begins at or after {@code from}, or {@code limit}. */
  private static int startCode(ByteBuffer bytes, int from, int limit) {
    int index = from;
    while (index + 2 < limit) {
      int third = bytes.get(index + 2);
      if (third == 1 && bytes.get(index) == 0 && bytes.get(index + 1) == 0) {
        return index;
      }
      index += third == 0 || third == 1 ? 1 : 3;
    }
    return limit;
  }
}
