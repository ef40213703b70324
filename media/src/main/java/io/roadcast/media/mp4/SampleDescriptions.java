package io.roadcast.media.mp4;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A second way in which samples of a track are coded (ISO/IEC 14496-12 section 8.5.2): a header
 * that describes it, and fragments that say that their samples are of it.
 */
public final class SampleDescriptions {
  private static final List<String> WAY = List.of("mdia", "minf", "stbl", "stsd");
  private static final int FULL_BOX_AND_COUNT = 16;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int DATA_OFFSET = 0x1;

  private SampleDescriptions() {}

  /**
   * A header with one more description behind those that a track has.
   *
   * @param other whose first description of the same track is added
   */
  public static MovieHeader add(MovieHeader header, MovieHeader other, int track)
      throws MalformedMediaException {
    ByteBuffer table = other.sampleDescriptions(track);
    if (table.limit() < FULL_BOX_AND_COUNT) {
      throw new MalformedMediaException("no sample description");
    }
    List<Mp4Box> entries = Mp4Box.list(table, FULL_BOX_AND_COUNT, table.limit());
    if (entries.isEmpty()) {
      throw new MalformedMediaException("no sample description");
    }
    Mp4Box first = entries.getFirst();
    byte[] entry = new byte[first.end() - first.start()];
    table.get(first.start(), entry);
    return MovieHeader.parse(insert(header.bytes(), track, entry));
  }

  private static byte[] insert(byte[] bytes, int track, byte[] entry)
      throws MalformedMediaException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    Mp4Box moov = MovieHeader.moov(from);
    for (Mp4Box trak : moov.children(from)) {
      if (trak.type().equals("trak") && MovieHeader.track(from, trak).id() == track) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + entry.length);
        ByteBuffer to = ByteBuffer.wrap(longer);
        grow(to, moov, entry.length);
        grow(to, trak, entry.length);
        Mp4Box box = trak;
        for (String name : WAY) {
          box = box.need(from, name);
          grow(to, box, entry.length);
        }
        if (box.length() < 8) {
          throw new MalformedMediaException("an stsd that ends too early");
        }
        to.putInt(box.content() + 4, from.getInt(box.content() + 4) + 1);
        to.put(box.end(), entry);
        to.put(box.end() + entry.length, bytes, box.end(), bytes.length - box.end());
        return longer;
      }
    }
    throw new MalformedMediaException("no track " + track);
  }

  private static void grow(ByteBuffer bytes, Mp4Box box, int by) {
    bytes.putInt(box.start(), bytes.getInt(box.start()) + by);
  }

  /**
   * The same fragment, whose samples of a track are of another description.
   *
   * @param fragment begins with a moof; not changed
   * @param index from 1
   */
  public static byte[] use(byte[] fragment, int track, int index) throws MalformedMediaException {
    ByteBuffer from = ByteBuffer.wrap(fragment);
    Mp4Box moof = MovieFragment.moof(from);
    for (Mp4Box traf : moof.children(from)) {
      if (traf.type().equals("traf") && MovieFragment.trackId(from, traf) == track) {
        return use(from, moof, traf, index);
      }
    }
    throw new MalformedMediaException("no track " + track + " in a fragment");
  }

  private static byte[] use(ByteBuffer from, Mp4Box moof, Mp4Box traf, int index)
      throws MalformedMediaException {
    Mp4Box head = traf.need(from, "tfhd");
    if (head.length() < 8) {
      throw new MalformedMediaException("a tfhd that ends too early");
    }
    int flags = from.getInt(head.content());
    int at = head.content() + 8 + ((flags & BASE_DATA_OFFSET) != 0 ? 8 : 0);
    int needed = (flags & DESCRIPTION_INDEX) != 0 ? at + Integer.BYTES : at;
    if (needed > head.end()) {
      throw new MalformedMediaException("a tfhd that ends too early");
    }
    byte[] fragment = from.array();
    if ((flags & DESCRIPTION_INDEX) != 0) {
      byte[] same = fragment.clone();
      ByteBuffer.wrap(same).putInt(at, index);
      return same;
    }
    byte[] longer = Arrays.copyOf(fragment, fragment.length + Integer.BYTES);
    ByteBuffer to = ByteBuffer.wrap(longer);
    to.putInt(head.content(), flags | DESCRIPTION_INDEX);
    grow(to, moof, Integer.BYTES);
    grow(to, traf, Integer.BYTES);
    grow(to, head, Integer.BYTES);
    moveData(from, to, moof);
    to.put(at + Integer.BYTES, longer, at, fragment.length - at);
    return to.putInt(at, index).array();
  }

  /** What samples begin at is counted from the start of the moof, which becomes longer. */
  private static void moveData(ByteBuffer from, ByteBuffer to, Mp4Box moof)
      throws MalformedMediaException {
    for (Mp4Box traf : moof.children(from)) {
      if (!traf.type().equals("traf")) {
        continue;
      }
      for (Mp4Box run : traf.children(from)) {
        boolean counted = run.type().equals("trun") && run.length() >= 12;
        if (counted && (from.getInt(run.content()) & DATA_OFFSET) != 0) {
          to.putInt(run.content() + 8, from.getInt(run.content() + 8) + Integer.BYTES);
        }
      }
    }
  }
}
