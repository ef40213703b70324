package io.roadcast.recorder.playback;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is recorded of one stream. Its methods block; any thread. */
final class Footage {
  /** Who asks for what is just being written gets the last picture that is. */
  private static final Duration JUST_BEFORE = Duration.ofSeconds(10);

  /** Times that are closer to each other are one. */
  private static final Duration JOINED = Duration.ofSeconds(1);

  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final int PAGE = 50;
  private static final int MOST_SPANS = 3000;

  private final Archive archive;
  private final String stream;
  private final String quality;
  private final Predicate<Segment> permitted;

  Footage(Archive archive, StreamId stream, Predicate<Segment> permitted) {
    this.archive = archive;
    this.stream = stream.name();
    this.quality = stream.quality().label();
    this.permitted = permitted;
  }

  /** The segment of that moment; else the next one, else the one that ended just before. */
  Optional<Sidecar> at(Instant at) throws IOException {
    List<Sidecar> ring = inRing();
    for (Sidecar each : ring) {
      if (!each.segment().from().isAfter(at) && each.segment().to().isAfter(at)) {
        return Optional.of(each);
      }
    }
    Optional<Sidecar> later =
        earlier(
            ring.stream().filter(each -> each.segment().from().isAfter(at)).findFirst(),
            listed(at, Place.FIRST, each -> each.to().isAfter(at)));
    if (later.isPresent() || ring.isEmpty()) {
      return later;
    }
    boolean near = !ring.getLast().segment().to().isBefore(at.minus(JUST_BEFORE));
    return near ? Optional.of(ring.getLast()) : Optional.empty();
  }

  /** The segment that begins next after this one. */
  Optional<Sidecar> after(Segment last) throws IOException {
    Optional<Sidecar> next = afterInRing(last);
    boolean known = inRing().stream().anyMatch(each -> each.segment().id().equals(last.id()));
    return known && next.isPresent()
        ? next
        : earlier(next, listed(last.from(), new Place(last.from(), last.id()), each -> true));
  }

  /**
   * The segment in the ring that begins next after this one. Once there is one with pictures, all
   * of this one's are there too.
   */
  Optional<Sidecar> afterInRing(Segment last) {
    return inRing().stream().filter(each -> each.segment().from().isAfter(last.from())).findFirst();
  }

  /** The same segment as far as it is written by now; empty if the ring does not have it. */
  Optional<Sidecar> present(UUID segment) {
    return archive.ring().nearest(segment);
  }

  /** Opens a segment's bytes, wherever they are by now. */
  SegmentSource open(Sidecar sidecar) throws IOException {
    try {
      return archive.store().open(sidecar);
    } catch (NoSuchFileException moved) {
      Segment row =
          archive
              .catalog()
              .find(sidecar.segment().id())
              .orElseThrow(() -> new IOException("a recording is not there any more", moved));
      return archive.store().open(archive.store().sidecar(row).in(row.place()));
    }
  }

  /** When there are pictures within a time, oldest first. */
  List<Span> spans(Instant from, Instant to) {
    Set<UUID> seen = new HashSet<>();
    List<Span> pieces = new ArrayList<>();
    RecordingQuery query = new RecordingQuery(stream, quality, null, from, to);
    Stream.concat(inRing().stream().map(Sidecar::segment), kept(query))
        .filter(each -> each.from().isBefore(to) && each.to().isAfter(from))
        .filter(each -> seen.add(each.id()))
        .forEach(each -> addPieces(each, pieces));
    pieces.sort(Comparator.comparing(Span::from));
    List<Span> spans = new ArrayList<>();
    for (Span piece : pieces) {
      Span last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && !piece.from().isAfter(last.to().plus(JOINED))) {
        spans.removeLast();
        spans.add(new Span(last.from(), later(last.to(), piece.to())));
      } else {
        spans.add(piece);
      }
    }
    return spans;
  }

  /** None while the database is away: what is in the ring is known all the same. */
  private Stream<Segment> kept(RecordingQuery query) {
    try {
      return archive.catalog().list(query, Place.FIRST, MOST_SPANS).stream().filter(permitted);
    } catch (DatabaseUnavailableException away) {
      return Stream.empty();
    }
  }

  private static void addPieces(Segment segment, List<Span> pieces) {
    Instant from = segment.from();
    for (Gap gap : segment.gaps()) {
      pieces.add(new Span(from, gap.from()));
      from = gap.to();
    }
    pieces.add(new Span(from, segment.to()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private List<Sidecar> inRing() {
    return archive.ring().of(stream, quality).stream()
        .filter(each -> !each.fragments().isEmpty() && permitted.test(each.segment()))
        .toList();
  }

  /** The first of the catalogue that is wanted. */
  private Optional<Sidecar> listed(Instant from, Place after, Predicate<Segment> wanted)
      throws IOException {
    RecordingQuery query = new RecordingQuery(stream, quality, null, from, LAST);
    for (Segment row : archive.catalog().list(query, after, PAGE)) {
      if (permitted.test(row) && wanted.test(row)) {
        Optional<Sidecar> near = present(row.id());
        Sidecar sidecar =
            near.isPresent() ? near.get() : archive.store().sidecar(row).in(row.place());
        if (!sidecar.fragments().isEmpty() && wanted.test(sidecar.segment())) {
          return Optional.of(sidecar);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Sidecar> earlier(Optional<Sidecar> one, Optional<Sidecar> other) {
    return Stream.concat(one.stream(), other.stream())
        .min(Comparator.comparing(each -> each.segment().from()));
  }
}
