package io.roadcast.recorder.retrieve;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What there is of a time in the ring, kept or not, and beyond it in the catalogue. While the
 * database is away there is the ring. Methods block; any thread.
 */
public final class NearRecordings {
  private final Ring ring;
  private final Recordings kept;
  private final SegmentStore store;

  /**
   * A time of a stream as one file.
   *
   * @param from its first picture that is shown
   * @param to where its last picture ends
   */
  public record Cut(RangeFile file, Instant from, Instant to) {}

  public NearRecordings(Ring ring, Recordings kept, SegmentStore store) {
    this.ring = ring;
    this.kept = kept;
    this.store = store;
  }

  /** Names of the streams of a terminal that are in the ring at a time. */
  public Set<String> streams(String terminal, Instant from, Instant to) {
    Set<String> names = new TreeSet<>();
    for (Segment segment : ring.segments()) {
      if (segment.stream().startsWith(terminal + "-") && overlaps(segment, from, to)) {
        names.add(segment.stream());
      }
    }
    return names;
  }

  private static boolean overlaps(Segment segment, Instant from, Instant to) {
    return segment.from().isBefore(to) && segment.to().isAfter(from);
  }

  /** Whether a stream is written up to this moment. */
  public boolean reaches(String stream, String quality, Instant moment) {
    return ring.segments().stream()
        .anyMatch(
            segment ->
                segment.stream().equals(stream)
                    && segment.quality().equals(quality)
                    && !segment.to().isBefore(moment));
  }

  /**
   * A time of a stream.
   *
   * @throws NothingRecordedException if there is nothing of it
   * @throws FormatChangeException if no single file can hold it
   * @throws IOException if files can not be read
   */
  public Cut cut(String stream, String quality, Instant from, Instant to)
      throws IOException, NothingRecordedException, FormatChangeException {
    List<Piece> pieces = pieces(stream, quality, from, to);
    RangeFile file = RangeFile.of(pieces, from, to);
    Instant first = pieces.getFirst().segment().from();
    Piece last = pieces.getLast();
    List<Fragment> chosen = RangeFile.chosen(last, from, to);
    Instant end = chosen.isEmpty() ? to : last.segment().at(chosen.getLast().end());
    return new Cut(file, first.isAfter(from) ? first : from, end);
  }

  private List<Piece> pieces(String stream, String quality, Instant from, Instant to)
      throws IOException, NothingRecordedException {
    Map<UUID, Piece> found = new TreeMap<>();
    for (Segment segment : ring.segments()) {
      if (segment.stream().equals(stream)
          && segment.quality().equals(quality)
          && overlaps(segment, from, to)) {
        ring.nearest(segment.id())
            .filter(sidecar -> !sidecar.fragments().isEmpty())
            .ifPresent(sidecar -> found.put(segment.id(), new Piece(sidecar, store)));
      }
    }
    try {
      for (Piece piece : kept.pieces(stream, quality, from, to, segment -> true)) {
        found.putIfAbsent(piece.segment().id(), piece);
      }
    } catch (NothingRecordedException | DatabaseUnavailableException ringOnly) {
      if (found.isEmpty()) {
        throw new NothingRecordedException();
      }
    }
    List<Piece> pieces = new ArrayList<>(found.values());
    pieces.sort(Comparator.comparing(piece -> piece.segment().from()));
    return pieces;
  }
}
