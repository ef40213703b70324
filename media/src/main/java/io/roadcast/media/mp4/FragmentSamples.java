package io.roadcast.media.mp4;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds the single samples of a movie fragment (ISO/IEC 14496-12 sections 8.8.7 and 8.8.8). */
public final class FragmentSamples {
  private static final int MAX_SAMPLES = 1 << 16;
  private static final int NOT_SYNC = 0x10000;

  // Flags of tfhd.
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int DEFAULT_DURATION = 0x8;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DEFAULT_FLAGS = 0x20;

  // Flags of trun.
  private static final int DATA_OFFSET = 0x1;
  private static final int FIRST_FLAGS = 0x4;
  private static final int SAMPLE_DURATION = 0x100;
  private static final int SAMPLE_SIZE = 0x200;
  private static final int SAMPLE_FLAGS = 0x400;
  private static final int SAMPLE_OFFSET = 0x800;

  private FragmentSamples() {}

  /**
   * A picture, or a frame of sound.
   *
   * @param time of decoding, in ticks of its track
   * @param duration in ticks
   * @param offset of its first byte in the buffer
   * @param length in bytes
   * @param keyframe whether decoding can start with it
   */
  public record Sample(long time, long duration, int offset, int length, boolean keyframe) {}

  /**
   * The samples of one track, in their order.
   *
   * @param fragment moof and mdat as a whole, from 0 to its limit; not changed
   * @return empty if the track has none in it
   * @throws MalformedMediaException if a sample would lie outside, or a box is cut off
   */
  public static List<Sample> of(ByteBuffer fragment, int track) throws MalformedMediaException {
    List<Mp4Box> boxes = Mp4Box.list(fragment, 0, fragment.limit());
    if (boxes.isEmpty() || !boxes.getFirst().type().equals("moof")) {
      throw new MalformedMediaException("a fragment without moof");
    }
    List<Sample> samples = new ArrayList<>();
    for (Mp4Box traf : boxes.getFirst().children(fragment)) {
      if (traf.type().equals("traf")) {
        Defaults defaults = Defaults.read(new Words(fragment, traf.need(fragment, "tfhd")));
        if (defaults.track == track) {
          add(samples, fragment, traf, defaults);
        }
      }
    }
    return samples;
  }

  private static void add(List<Sample> samples, ByteBuffer fragment, Mp4Box traf, Defaults defaults)
      throws MalformedMediaException {
    Words clock = new Words(fragment, traf.need(fragment, "tfdt"));
    boolean wide = clock.next() >>> 24 == 1;
    long time = wide ? clock.next64() : Integer.toUnsignedLong(clock.next());
    for (Mp4Box box : traf.children(fragment)) {
      if (box.type().equals("trun")) {
        time = addRun(samples, new Words(fragment, box), defaults, time, fragment.limit());
      }
    }
  }

  private static long addRun(
      List<Sample> samples, Words run, Defaults defaults, long start, int limit)
      throws MalformedMediaException {
    int flags = run.next();
    int count = run.next();
    if (count < 0 || samples.size() + (long) count > MAX_SAMPLES || (flags & DATA_OFFSET) == 0) {
      throw new MalformedMediaException("a run of " + Integer.toUnsignedString(count) + " samples");
    }
    long offset = run.next();
    int firstFlags = (flags & FIRST_FLAGS) != 0 ? run.next() : defaults.flags;
    long time = start;
    for (int i = 0; i < count; i++) {
      long duration =
          (flags & SAMPLE_DURATION) != 0 ? Integer.toUnsignedLong(run.next()) : defaults.duration;
      int size = (flags & SAMPLE_SIZE) != 0 ? run.next() : defaults.size;
      int usual = i == 0 ? firstFlags : defaults.flags;
      int own = (flags & SAMPLE_FLAGS) != 0 ? run.next() : usual;
      if ((flags & SAMPLE_OFFSET) != 0) {
        run.next();
      }
      if (offset < 0 || size < 0 || size > limit - offset) {
        throw new MalformedMediaException("a sample outside of its fragment");
      }
      samples.add(new Sample(time, duration, (int) offset, size, (own & NOT_SYNC) == 0));
      offset += size;
      time += duration;
    }
    return time;
  }

  /** What tfhd says of all samples of a track. */
  private record Defaults(int track, long duration, int size, int flags) {
    static Defaults read(Words header) throws MalformedMediaException {
      int flags = header.next();
      int track = header.next();
      if ((flags & BASE_DATA_OFFSET) != 0) {
        throw new MalformedMediaException("a fragment that counts from elsewhere in its file");
      }
      header.skip(flags & DESCRIPTION_INDEX);
      int duration = (flags & DEFAULT_DURATION) != 0 ? header.next() : 0;
      int size = (flags & DEFAULT_SIZE) != 0 ? header.next() : 0;
      int sampleFlags = (flags & DEFAULT_FLAGS) != 0 ? header.next() : 0;
      return new Defaults(track, Integer.toUnsignedLong(duration), size, sampleFlags);
    }
  }

  /** Reads a box' words of 32 bits one by one. */
  private static final class Words {
    private final ByteBuffer bytes;
    private final Mp4Box box;
    private int at;

    Words(ByteBuffer bytes, Mp4Box box) {
      this.bytes = bytes;
      this.box = box;
      this.at = box.content();
    }

    int next() throws MalformedMediaException {
      if (box.end() - at < Integer.BYTES) {
        throw new MalformedMediaException("a " + box.type() + " that ends too early");
      }
      int value = bytes.getInt(at);
      at += Integer.BYTES;
      return value;
    }

    long next64() throws MalformedMediaException {
      return (long) next() << 32 | Integer.toUnsignedLong(next());
    }

    /** Passes over a word if its flag is set. */
    void skip(int flag) throws MalformedMediaException {
      if (flag != 0) {
        next();
      }
    }
  }
}
