package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.SegmentForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Beside a segment's file while it is uploaded in parts: the upload's id, so that it goes on. */
final class UploadNote {
  private UploadNote() {}

  static Path of(Path file) {
    return file.resolveSibling(SegmentForm.stem(String.valueOf(file.getFileName())) + ".upload");
  }

  static Optional<String> read(Path file) throws IOException {
    try {
      String id = Files.readString(of(file)).strip();
      return id.isEmpty() ? Optional.empty() : Optional.of(id);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  static void write(Path file, String id) throws IOException {
    Files.writeString(of(file), id + "\n");
  }

  static void delete(Path file) throws IOException {
    Files.deleteIfExists(of(file));
  }
}
