package io.roadcast.signaling.evidence;

import io.roadcast.events.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files of events are.
 *
 * @param directory absolute
 */
public record EvidenceFiles(Path directory) {
  /** What is asked for of a file. */
  enum Form {
    /** As it came. */
    ORIGINAL,
    /** As browsers show it: MP4 of raw video, JSON of a vehicle's log. */
    SHOWN
  }

  /** A file that is there, and what it is. */
  record Found(Path file, String contentType) {}

  Optional<Found> find(Evidence evidence, Form form) {
    String place = evidence.place();
    String type = evidence.contentType();
    if (place == null || type == null) {
      return Optional.empty();
    }
    if (form == Form.SHOWN) {
      for (Found shown :
          new Found[] {
            new Found(resolve(place + ".mp4"), "video/mp4"),
            new Found(resolve(place + ".json"), "application/json")
          }) {
        if (Files.isRegularFile(shown.file)) {
          return Optional.of(shown);
        }
      }
    }
    Path file = resolve(place);
    return Files.isRegularFile(file) ? Optional.of(new Found(file, type)) : Optional.empty();
  }

  /** Places are our own, and never lead out of the directory. */
  private Path resolve(String place) {
    Path file = directory.resolve(place).normalize();
    if (!file.startsWith(directory)) {
      throw new IllegalArgumentException("a place outside: " + place);
    }
    return file;
  }
}
