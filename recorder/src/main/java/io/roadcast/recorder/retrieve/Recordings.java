package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.catalog.CatalogDay;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.exact.GroupsBusyException;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.recorder.store.SegmentStore;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What is kept, as far as it is written by now. Methods block; any thread. */
public final class Recordings {
  /** More segments than a day has, even if a stream often begins anew. */
  private static final int MAX_SEGMENTS = 3000;

  private final RecordingCatalog catalog;
  private final Ring ring;
  private final SegmentStore store;

  public Recordings(RecordingCatalog catalog, Ring ring, SegmentStore store) {
    this.catalog = catalog;
    this.ring = ring;
    this.store = store;
  }

  /** A page of the catalogue; segments that are being written are as long as they are now. */
  public List<Segment> list(RecordingQuery query, Place after, int limit) {
    return catalog.list(query, after, limit).stream().map(this::present).toList();
  }

  /** The days of a time that have something. */
  public List<CatalogDay> days(RecordingQuery query, ZoneId zone) {
    return catalog.days(query, zone);
  }

  public Optional<Segment> find(UUID id) {
    return catalog.find(id).map(this::present);
  }

  private Segment present(Segment row) {
    return ring.find(row.id()).map(each -> each.segment().in(row.keeping())).orElse(row);
  }

  /**
   * A segment's bytes, to be closed by the caller.
   *
   * @throws IOException if its file is not there
   */
  public SegmentSource open(Segment segment) throws IOException {
    return store.open(sidecar(segment));
  }

  /** Where a segment's file may be read for a short time without us; empty for most. */
  public Optional<String> directAddress(Segment segment) {
    return ring.nearest(segment.id()).isPresent() ? Optional.empty() : store.directAddress(segment);
  }

  /**
   * A segment as a piece by itself, as far as it is written by now.
   *
   * @throws IOException if what stands beside its file can not be read
   */
  public Piece piece(Segment segment) throws IOException {
    return new Piece(sidecar(segment), store);
  }

  /** What is known of a segment, and where it is read best. */
  private Sidecar sidecar(Segment row) throws IOException {
    Optional<Sidecar> near = ring.nearest(row.id());
    return near.isPresent() ? near.get() : store.sidecar(row).in(row.place());
  }

  /**
   * A time of a stream as one file.
   *
   * @param permitted what the asker may see; all else is as if it were not there
   * @throws NothingRecordedException if there is nothing of it
   * @throws FormatChangeException if no single file can hold it
   * @throws IOException if files can not be read
   */
  public RangeFile range(
      String stream, String quality, Instant from, Instant to, Predicate<Segment> permitted)
      throws IOException, NothingRecordedException, FormatChangeException {
    return RangeFile.of(pieces(stream, quality, from, to, permitted), from, to);
  }

  /**
   * The same, beginning with the very picture that was to be seen at that time, whose group is
   * coded anew up to the next keyframe.
   *
   * @throws NotExactException if pictures of this codec can not be coded anew
   * @throws GroupsBusyException if too many others want that
   */
  public RangeFile exactRange(
      String stream,
      String quality,
      Instant from,
      Instant to,
      Predicate<Segment> permitted,
      GroupCoder coder)
      throws IOException,
          NothingRecordedException,
          FormatChangeException,
          NotExactException,
          GroupsBusyException {
    return RangeFile.exact(pieces(stream, quality, from, to, permitted), from, to, coder);
  }

  /**
   * The segments that a time of a stream is in, oldest first; never empty.
   *
   * @param permitted what the asker may see; all else is as if it were not there
   * @throws NothingRecordedException if there is nothing of it
   * @throws IOException if what stands beside a file can not be read
   */
  public List<Piece> pieces(
      String stream, String quality, Instant from, Instant to, Predicate<Segment> permitted)
      throws IOException, NothingRecordedException {
    List<Piece> found = new ArrayList<>();
    RecordingQuery query = new RecordingQuery(stream, quality, null, from, to);
    for (Segment row : catalog.list(query, Place.FIRST, MAX_SEGMENTS)) {
      Sidecar sidecar = sidecar(row);
      Segment segment = sidecar.segment();
      if (!sidecar.fragments().isEmpty()
          && permitted.test(segment)
          && segment.from().isBefore(to)
          && segment.to().isAfter(from)) {
        found.add(new Piece(sidecar, store));
      }
    }
    if (found.isEmpty()) {
      throw new NothingRecordedException();
    }
    return found;
  }
}
