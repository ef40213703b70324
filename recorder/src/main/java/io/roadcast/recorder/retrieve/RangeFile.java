package io.roadcast.recorder.retrieve;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.MovieHeader;
import io.roadcast.media.mp4.MovieHeader.Track;
import io.roadcast.media.mp4.SampleDescriptions;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.exact.GroupsBusyException;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.store.SegmentSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time of a stream as one MP4 file that exists only while it is sent. Pictures stay as they were
 * recorded; it begins with the keyframe before the wanted time, and an edit list hides what is too
 * early. A gap stays a gap: the picture before it stands still. The same range of complete segments
 * always gives the same bytes.
 */
public final class RangeFile {
  private static final long TICKS_PER_SECOND = 90_000;

  /** What comes before the parts, as it is. */
  private final byte[] header;

  private final List<Part> parts;
  private final long length;
  private final Duration startOffset;

  /**
   * A fragment of a file, and what is added to its times.
   *
   * @param sequence its number in this file
   * @param shift in ticks of the video track
   */
  private record Part(Piece piece, Fragment fragment, int sequence, long shift) {}

  private RangeFile(byte[] header, List<Part> parts, Duration startOffset) {
    this.header = header;
    this.parts = parts;
    this.startOffset = startOffset;
    this.length = header.length + parts.stream().mapToLong(part -> part.fragment.length()).sum();
  }

  static RangeFile of(List<Piece> pieces, Instant from, Instant to)
      throws IOException, FormatChangeException, NothingRecordedException {
    try {
      return plan(pieces, null, from, to);
    } catch (MalformedMediaException damaged) {
      throw new IOException("a recording is damaged: " + damaged.getMessage(), damaged);
    }
  }

  /** The same, beginning with the very picture that was to be seen at that time. */
  static RangeFile exact(List<Piece> pieces, Instant from, Instant to, GroupCoder coder)
      throws IOException,
          FormatChangeException,
          NothingRecordedException,
          NotExactException,
          GroupsBusyException {
    Piece first = pieces.getFirst();
    try {
      return plan(
          pieces,
          ExactStart.of(first, chosen(first, from, to), from, coder).orElse(null),
          from,
          to);
    } catch (MalformedMediaException damaged) {
      throw new IOException("a recording is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static RangeFile plan(
      List<Piece> pieces, @Nullable ExactStart start, Instant from, Instant to)
      throws IOException, FormatChangeException, NothingRecordedException, MalformedMediaException {
    MovieHeader header = commonHeader(pieces);
    if (start != null) {
      header = SampleDescriptions.add(header, start.header(), ShiftedFragment.VIDEO);
    }
    // Sound may have begun a little before the first picture.
    long lead = header.tracks().size() > 1 ? TICKS_PER_SECOND / 2 : 0;
    List<Part> parts = new ArrayList<>();
    Instant origin = start == null ? null : from;
    int before = start == null ? 0 : start.replaced();
    int sequence = start == null ? 1 : 2;
    for (Piece piece : pieces) {
      List<Fragment> chosen = chosen(piece, from, to);
      for (Fragment fragment : chosen.subList(Math.min(before, chosen.size()), chosen.size())) {
        Instant at = piece.segment().at(fragment.ticks());
        origin = origin == null ? at : origin;
        long ticks = lead + ShiftedFragment.ticks(Duration.between(origin, at));
        parts.add(new Part(piece, fragment, sequence++, ticks - fragment.ticks()));
      }
      before = 0;
    }
    if (origin == null) {
      throw new NothingRecordedException();
    }
    Duration offset = origin.isBefore(from) ? Duration.between(origin, from) : Duration.ZERO;
    Map<Integer, Long> starts = new HashMap<>();
    for (Track track : header.tracks()) {
      starts.put(
          track.id(),
          (lead + ShiftedFragment.ticks(offset)) * track.timescale() / TICKS_PER_SECOND);
    }
    byte[] begin = header.withStart(starts, 0);
    return new RangeFile(start == null ? begin : joined(begin, start.at(lead)), parts, offset);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** From the keyframe before the time on. */
  static List<Fragment> chosen(Piece piece, Instant from, Instant to) {
    List<Fragment> all = piece.sidecar().fragments();
    int first = 0;
    int end = 0;
    for (int i = 0; i < all.size(); i++) {
      Instant at = piece.segment().at(all.get(i).ticks());
      if (all.get(i).keyframe() && !at.isAfter(from)) {
        first = i;
      }
      if (at.isBefore(to)) {
        end = i + 1;
      }
    }
    return all.subList(Math.min(first, end), end);
  }

  /** The one with most tracks; all must describe their pictures alike. */
  private static MovieHeader commonHeader(List<Piece> pieces)
      throws IOException, FormatChangeException, MalformedMediaException {
    MovieHeader best = null;
    for (Piece piece : pieces) {
      MovieHeader header = MovieHeader.parse(header(piece));
      if (best != null && !sameVideo(best, header)) {
        throw new FormatChangeException(piece.segment().from());
      }
      if (best == null || header.tracks().size() > best.tracks().size()) {
        best = header;
      }
    }
    if (best == null) {
      throw new IOException("no pieces");
    }
    return best;
  }

  private static boolean sameVideo(MovieHeader one, MovieHeader other)
      throws MalformedMediaException {
    return one.sampleDescriptions(ShiftedFragment.VIDEO)
        .equals(other.sampleDescriptions(ShiftedFragment.VIDEO));
  }

  private static byte[] header(Piece piece) throws IOException {
    try (SegmentSource source = piece.open()) {
      return source.read(0, piece.sidecar().headerBytes());
    }
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  /** How long before the wanted time the file begins; players that know edit lists hide it. */
  public Duration startOffset() {
    return startOffset;
  }

  /**
   * Writes a part of the file.
   *
   * @param first byte, from 0
   * @param end exclusive
   */
  public void write(OutputStream out, long first, long end) throws IOException {
    slice(out, header, 0, first, end);
    long at = header.length;
    Piece opened = null;
    SegmentSource source = null;
    try {
      for (Part part : parts) {
        long next = at + part.fragment.length();
        if (next > first && at < end) {
          if (source == null || part.piece != opened) {
            close(source);
            source = part.piece.open();
            opened = part.piece;
          }
          slice(
              out,
              ShiftedFragment.read(source, part.fragment, part.sequence, part.shift),
              at,
              first,
              end);
        }
        at = next;
      }
    } finally {
      close(source);
    }
  }

  private static void close(@Nullable SegmentSource source) throws IOException {
    if (source != null) {
      source.close();
    }
  }

  private static void slice(OutputStream out, byte[] bytes, long at, long first, long end)
      throws IOException {
    int from = (int) Math.max(0, first - at);
    int to = (int) Math.min(bytes.length, end - at);
    if (from < to) {
      out.write(bytes, from, to - from);
    }
  }
}
