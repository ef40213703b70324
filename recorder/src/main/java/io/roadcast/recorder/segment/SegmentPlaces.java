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
  public Path ring(String stream, String quality, UUID id) {
    return ring().resolve(directory(stream, quality)).resolve(id + ".mp4");
  }

  /** The segment's name among the kept ones, relative to the root. */
  public String keptPlace(String stream, String quality, Instant from, UUID id) {
    return "kept/"
        + directory(stream, quality)
        + "/"
        + DAY.format(from)
        + "/"
        + TIME.format(from)
        + "-"
        + id
        + ".mp4";
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
