package io.roadcast.recorder.segment;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Where segments lie: everything in {@code ring}, and what is kept by a second name in {@code
 * kept}. Both are on one file system, so that keeping is a link.
 */
public record SegmentPlaces(Path root) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss").withZone(ZoneOffset.UTC);

  public Path ring() {
    return root.resolve("ring");
  }

  public Path kept() {
    return root.resolve("kept");
  }

  /** The segment's name in the ring. */
  public Path ring(String stream, String quality, UUID id, SegmentForm form) {
    return ring().resolve(directory(stream, quality)).resolve(id + form.suffix());
  }

  /** The segment's name among the kept ones, relative to the root. */
  public String keptPlace(String stream, String quality, Instant from, UUID id, SegmentForm form) {
    return "kept/"
        + directory(stream, quality)
        + "/"
        + DAY.format(from)
        + "/"
        + TIME.format(from)
        + "-"
        + id
        + form.suffix();
  }

  /** Whether a place is among the kept ones here: then the ring's name of it is a second one. */
  public boolean isKept(String place) {
    return place.startsWith("kept/");
  }

  public String place(Path file) {
    return root.relativize(file).toString();
  }

  public Path file(String place) {
    return root.resolve(place);
  }

  /** No stream's name holds a tilde. */
  private static String directory(String stream, String quality) {
    return quality.equals("main") ? stream : stream + "~" + quality;
  }
}
