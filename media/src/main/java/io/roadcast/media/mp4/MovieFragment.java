package io.roadcast.media.mp4;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A movie fragment (moof) and what it says of its samples.
 *
 * @param tracks in the order of the fragment, each with at least one sample
 */
public record MovieFragment(List<TrackRun> tracks) {
  private static final int DATA_OFFSET = 0x1;
  private static final int FIRST_FLAGS = 0x4;
  private static final int SAMPLE_DURATION = 0x100;
  private static final int SAMPLE_SIZE = 0x200;
  private static final int SAMPLE_FLAGS = 0x400;
  private static final int SAMPLE_OFFSET = 0x800;
  private static final int NOT_SYNC = 0x10000;

  /**
   * The samples of one track.
   *
   * @param baseTime decoding time of the first one, in ticks of the track
   * @param duration of all together, in ticks
   * @param startsWithKeyframe whether decoding can start with the first one
   */
  public record TrackRun(
      int track, long baseTime, long duration, int samples, boolean startsWithKeyframe) {}

  public MovieFragment {
    tracks = List.copyOf(tracks);
  }

  /** The run of this track, if it has samples here. */
  public Optional<TrackRun> track(int id) {
    return tracks.stream().filter(run -> run.track == id).findFirst();
  }

  /**
   * @param bytes begins with a moof, which is there as a whole; not changed
   * @throws MalformedMediaException if that is not so
   */
  public static MovieFragment parse(ByteBuffer bytes) throws MalformedMediaException {
    List<TrackRun> runs = new ArrayList<>();
    for (Mp4Box traf : trackBoxes(bytes)) {
      TrackRun run = run(bytes, traf);
      if (run.samples > 0) {
        runs.add(run);
      }
    }
    return new MovieFragment(runs);
  }

  /**
   * Writes another decoding time into a track's part of a fragment.
   *
   * @param bytes begins with a moof; changed in place
   * @return whether the track has a part in it
   */
  public static boolean setBaseTime(ByteBuffer bytes, int track, long ticks)
      throws MalformedMediaException {
    for (Mp4Box traf : trackBoxes(bytes)) {
      if (trackId(bytes, traf) == track) {
        Mp4Box time = traf.need(bytes, "tfdt");
        if (isLong(bytes, time)) {
          bytes.putLong(time.content() + 4, ticks);
        } else {
          bytes.putInt(time.content() + 4, (int) ticks);
        }
        return true;
      }
    }
    return false;
  }

  /** Writes another sequence number into a fragment, in place. */
  public static void setSequence(ByteBuffer bytes, int sequence) throws MalformedMediaException {
    Mp4Box header = moof(bytes).need(bytes, "mfhd");
    wholeOf(header, 8);
    bytes.putInt(header.content() + 4, sequence);
  }

  static Mp4Box moof(ByteBuffer bytes) throws MalformedMediaException {
    int limit = bytes.limit();
    if (limit < Mp4Box.HEADER_BYTES) {
      throw new MalformedMediaException("no fragment in " + limit + " bytes");
    }
    long size = Integer.toUnsignedLong(bytes.getInt(0));
    if (size > limit) {
      throw new MalformedMediaException("a moof that is cut off");
    }
    Mp4Box box = Mp4Box.list(bytes, 0, (int) size).getFirst();
    if (!box.type().equals("moof")) {
      throw new MalformedMediaException("a fragment that begins with " + box.type());
    }
    return box;
  }

  private static List<Mp4Box> trackBoxes(ByteBuffer bytes) throws MalformedMediaException {
    return moof(bytes).children(bytes).stream().filter(box -> box.type().equals("traf")).toList();
  }

  static int trackId(ByteBuffer bytes, Mp4Box traf) throws MalformedMediaException {
    Mp4Box header = traf.need(bytes, "tfhd");
    wholeOf(header, 8);
    return bytes.getInt(header.content() + 4);
  }

  private static boolean isLong(ByteBuffer bytes, Mp4Box time) throws MalformedMediaException {
    wholeOf(time, 8);
    boolean version1 = bytes.get(time.content()) == 1;
    wholeOf(time, version1 ? 12 : 8);
    return version1;
  }

  private static TrackRun run(ByteBuffer bytes, Mp4Box traf) throws MalformedMediaException {
    Defaults defaults = Defaults.read(bytes, traf.need(bytes, "tfhd"));
    Mp4Box time = traf.need(bytes, "tfdt");
    long base =
        isLong(bytes, time)
            ? bytes.getLong(time.content() + 4)
            : Integer.toUnsignedLong(bytes.getInt(time.content() + 4));
    long duration = 0;
    int samples = 0;
    boolean keyframe = false;
    for (Mp4Box box : traf.children(bytes)) {
      if (!box.type().equals("trun")) {
        continue;
      }
      Fields trun = new Fields(bytes, box);
      int flags = trun.next() & 0xFFFFFF;
      int count = trun.next();
      if ((flags & DATA_OFFSET) != 0) {
        trun.next();
      }
      int firstFlags = (flags & FIRST_FLAGS) != 0 ? trun.next() : defaults.flags;
      for (int i = 0; i < count; i++) {
        duration +=
            (flags & SAMPLE_DURATION) != 0
                ? Integer.toUnsignedLong(trun.next())
                : defaults.duration;
        trun.skip(flags & SAMPLE_SIZE);
        int own = (flags & SAMPLE_FLAGS) != 0 ? trun.next() : firstFlags;
        trun.skip(flags & SAMPLE_OFFSET);
        if (samples + i == 0) {
          keyframe = (own & NOT_SYNC) == 0;
        }
        if ((flags & (SAMPLE_DURATION | SAMPLE_SIZE | SAMPLE_FLAGS | SAMPLE_OFFSET)) == 0) {
          // Nothing is told of single samples, so their number cannot be believed by itself.
          duration += (long) Math.max(0, count - 1) * defaults.duration;
          break;
        }
      }
      samples += Math.max(0, count);
    }
    return new TrackRun(defaults.track, base, duration, samples, keyframe);
  }

  private static void wholeOf(Mp4Box box, int bytes) throws MalformedMediaException {
    if (box.length() < bytes) {
      throw new MalformedMediaException("a " + box.type() + " of " + box.length() + " bytes");
    }
  }

  /** What tfhd says of samples that say nothing themselves. */
  private record Defaults(int track, long duration, int flags) {
    static Defaults read(ByteBuffer bytes, Mp4Box header) throws MalformedMediaException {
      Fields fields = new Fields(bytes, header);
      int flags = fields.next();
      int track = fields.next();
      if ((flags & 0x1) != 0) {
        fields.next();
        fields.next();
      }
      fields.skip(flags & 0x2);
      long duration = (flags & 0x8) != 0 ? Integer.toUnsignedLong(fields.next()) : 0;
      fields.skip(flags & 0x10);
      return new Defaults(track, duration, (flags & 0x20) != 0 ? fields.next() : 0);
    }
  }

  /** Reads a box' words of 32 bits one by one. */
  private static final class Fields {
    private final ByteBuffer bytes;
    private final Mp4Box box;
    private int at;

    Fields(ByteBuffer bytes, Mp4Box box) {
      this.bytes = bytes;
      this.box = box;
      this.at = box.content();
    }

    int next() throws MalformedMediaException {
      if (box.end() - at < 4) {
        throw new MalformedMediaException("a " + box.type() + " that ends too early");
      }
      int value = bytes.getInt(at);
      at += 4;
      return value;
    }

    /** Passes over a word if its flag is set. */
    void skip(int flag) throws MalformedMediaException {
      if (flag != 0) {
        next();
      }
    }
  }
}
